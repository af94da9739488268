import { chooseSandbox } from '../../browser/choose.ts'
import { createFrameWorker } from '../../browser/frame-worker.ts'
import { contractCases, contractLimits } from '../../contract-suite.ts'
import type { Canaries } from '../../hostile/case.ts'
import { hostileCases } from '../../hostile-suite.ts'
import type { Language, Limits, RunRequest, RunResult, Server, Session } from '../../sandbox.ts'
import { type AskedProgram, runProgramIn } from './run-program.ts'

/** Asked while the page loads: a debugger's own calls are let past the policy. */
const evalAtLoad = tryEval()

/** A first start has no predecessor that the browser is still taking down beside it. */
const untilQuietMs = 500

/** A browser that has just been started goes on with that beside its first page for a while. */
const untilStartedMs = 2_000

/** What the browser tests drive, on a page with the product's own headers. */
const sandboxTests = {
  caseNames: () => contractCases(frameWorker().capabilities).map(({ name }) => name),

  async runCase(name: string): Promise<void> {
    const found = contractCases(frameWorker().capabilities).find((each) => each.name === name)
    if (found === undefined) throw new Error(`no case is named ${name}`)
    const session = await open(contractLimits)
    try {
      await found.run(session, () => open(contractLimits))
    } finally {
      session.dispose()
    }
  },

  async attack(name: string, canaries: Canaries): Promise<void> {
    const found = hostileCases(frameWorker().capabilities).find((each) => each.name === name)
    if (found === undefined) throw new Error(`no attack is named ${name}`)
    const session = await open({ ...contractLimits, outputBytes: 50_000, fileBytes: 500_000 })
    try {
      await found.run(session, canaries)
    } finally {
      session.dispose()
    }
  },

  async runOnce(request: RunRequest, limits: Partial<Limits> = {}): Promise<{ result: RunResult; text: string }> {
    const session = await open(limits)
    try {
      return await hear(session, request)
    } finally {
      session.dispose()
    }
  },

  async runProgram(asked: AskedProgram) {
    const session = await open({})
    try {
      return await runProgramIn(session, asked)
    } finally {
      session.dispose()
    }
  },

  /** Frames the page draws in a second, alone and beside an endless loop; then how long Stop takes. */
  async measureLoop() {
    const session = await open({})
    const aloneFps = await framesPerSecond()
    const spinning = new Promise((resolve) => session.onOutput(resolve))
    const running = session.run({ language: 'javascript', code: `console.log('spinning'); for (;;) {}` })
    await spinning
    const besideLoopFps = await framesPerSecond()
    const stopAt = performance.now()
    session.kill()
    const { kind } = await running
    const stopMs = performance.now() - stopAt
    session.dispose()
    return { aloneFps, besideLoopFps, stopMs, kind }
  },

  async measureSpeed() {
    const times: Record<'cold' | 'warm' | 'respawn', number[]> = { cold: [], warm: [], respawn: [] }
    for (let round = 0; round < 7; round++) {
      await pause(untilQuietMs)
      const coldAt = performance.now()
      const session = await open({})
      await session.run({ language: 'javascript', code: '1' })
      times.cold.push(performance.now() - coldAt)
      for (let run = 0; run < 5; run++) {
        await pause(60)
        times.warm.push((await session.run({ language: 'javascript', code: 'console.log(1)' })).durationMs)
      }
      const spinning = new Promise((resolve) => session.onOutput(resolve))
      const running = session.run({ language: 'javascript', code: `console.log('spinning'); for (;;) {}` })
      await spinning
      const killAt = performance.now()
      session.kill()
      await running
      await session.run({ language: 'javascript', code: '1' })
      times.respawn.push(performance.now() - killAt)
      session.dispose()
    }
    const session = await open({})
    const code = `const n: number = 1; console.log(n)`
    const typescriptFirst = (await session.run({ language: 'typescript', code })).durationMs
    const next: number[] = []
    for (let run = 0; run < 5; run++) next.push((await session.run({ language: 'typescript', code })).durationMs)
    session.dispose()
    const { cold, warm, respawn } = times
    return {
      coldMs: median(cold),
      coldMinMs: Math.min(...cold),
      warmMs: median(warm),
      warmMinMs: Math.min(...warm),
      respawnMs: median(respawn),
      typescriptFirstMs: typescriptFirst,
      typescriptNextMs: median(next),
    }
  },

  /** The first Python in the very moment the page is there. */
  async measurePythonAtOnce() {
    const start = performance.now()
    const session = await open({})
    await session.run({ language: 'python', code: 'print(1)' })
    return performance.now() - start
  },

  /** Of this page: the first Python, from nothing, and those after it when the next one is parked. */
  async measurePython() {
    await pause(untilStartedMs)
    const start = performance.now()
    const session = await open({})
    await session.run({ language: 'python', code: 'print(1)' })
    const coldMs = performance.now() - start
    const warm: number[] = []
    for (let run = 0; run < 7; run++) {
      await pause(2_000)
      warm.push((await session.run({ language: 'python', code: 'print(1)' })).durationMs)
    }
    session.dispose()
    return { coldMs, warmMs: median(warm), warmMinMs: Math.min(...warm) }
  },

  /** A worker of this page that runs one line, without any walls around it. */
  async measureBareWorker() {
    const times: number[] = []
    for (let round = 0; round < 7; round++) {
      await pause(untilQuietMs)
      const start = performance.now()
      const worker = new Worker('/bare-worker.js')
      await new Promise((resolve) => worker.addEventListener('message', resolve, { once: true }))
      times.push(performance.now() - start)
      worker.terminate()
    }
    return median(times)
  },

  /**
   * A worker behind the same walls, with nothing of ours in it: a frame of no origin, in a process of its own. How long until
   * it is there, and how long a word to it and back takes.
   */
  async measureBareFrame() {
    const times: number[] = []
    const echoes: number[] = []
    for (let round = 0; round < 7; round++) {
      await pause(untilQuietMs)
      const start = performance.now()
      const frame = document.createElement('iframe')
      frame.sandbox.add('allow-scripts')
      frame.src = '/bare-frame'
      const told = new Promise<MessagePort | undefined>((resolve) => {
        const hear = ({ source, ports }: MessageEvent) => {
          if (source !== frame.contentWindow) return
          removeEventListener('message', hear)
          resolve(ports[0])
        }
        addEventListener('message', hear)
      })
      document.body.append(frame)
      const port = await told
      times.push(performance.now() - start)
      for (let word = 0; port && word < 5; word++) {
        await pause(60)
        const saidAt = performance.now()
        await new Promise((resolve) => {
          port.onmessage = resolve
          port.postMessage(word)
        })
        echoes.push(performance.now() - saidAt)
      }
      frame.remove()
    }
    return { startMs: median(times), echoMs: median(echoes) }
  },

  /** Runs what serves, and shows it in a frame as the product does; `preview` then says how the run is. */
  async startPreview(request: RunRequest, limits: Partial<Limits> = {}): Promise<number> {
    const session = await open(limits)
    let text = ''
    session.onOutput((chunk) => {
      text += chunk.text
    })
    const served = new Promise<Server>((resolve) => {
      session.onServers?.((servers) => {
        preview.open = servers.length
        if (servers[0]) resolve(servers[0])
      })
    })
    const result = session.run(request)
    preview.stop = async () => {
      session.kill()
      const ended = await result
      session.dispose()
      return { kind: ended.kind, text, open: preview.open }
    }
    preview.ended = async () => ({ ...(await result), text })
    const server = await served
    const frame = document.createElement('iframe')
    frame.setAttribute('sandbox', 'allow-scripts allow-forms')
    frame.id = 'preview'
    frame.src = server.url
    frame.addEventListener('load', () => {
      if (frame.contentWindow) server.connect?.(frame.contentWindow)
    })
    document.getElementById('preview')?.remove()
    document.body.append(frame)
    return server.port
  },
  stopPreview: () => preview.stop(),
  previewEnded: () => preview.ended(),

  /** Leaves a session there that has run something, with what waits for its next run. */
  async hold(language: Language): Promise<void> {
    const session = await open({})
    await session.run({ language, code: language === 'python' ? 'print(1)' : 'console.log(1)' })
    if (language === 'typescript') await session.run({ language, code: `const n: number = 1; console.log(n)` })
    await pause(1_500)
  },
  async holdBareWorker(): Promise<void> {
    const worker = new Worker('/bare-worker.js')
    await new Promise((resolve) => worker.addEventListener('message', resolve, { once: true }))
    Object.assign(window, { held: worker })
  },

  async bootAt(frameUrl: string) {
    return (await createFrameWorker({ frameUrl, bootTimeoutMs: 500 }).boot()).state
  },

  pageState: () => ({ isolated: crossOriginIsolated, evaluated: evalAtLoad }),

  async choice() {
    const { state, others } = await chooseSandbox()
    return { state, others: others.map(({ name }) => name) }
  },
}

type PreviewState = {
  open: number
  stop: () => Promise<{ kind: string; text: string; open: number }>
  ended: () => Promise<RunResult & { text: string }>
}
const none = () => Promise.reject(new Error('Nothing is shown.'))
const preview: PreviewState = { open: 0, stop: none, ended: none }

export type SandboxTests = typeof sandboxTests
Object.assign(window, { sandboxTests })

function tryEval(): string {
  try {
    return String(new Function('return "ran"')())
  } catch (error) {
    return error instanceof Error ? error.name : ''
  }
}

function frameWorker() {
  return createFrameWorker({ frameUrl: '/sandbox-frame' })
}

async function open(limits: Partial<Limits>): Promise<Session> {
  const boot = await frameWorker().boot({ limits })
  if (boot.state === 'ready') return boot.session
  throw new Error(boot.reason)
}

async function hear(session: Session, request: RunRequest): Promise<{ result: RunResult; text: string }> {
  let text = ''
  session.onOutput((chunk) => {
    text += chunk.text
  })
  return { result: await session.run(request), text }
}

function framesPerSecond(): Promise<number> {
  return new Promise((resolve) => {
    const start = performance.now()
    let frames = 0
    const tick = () => {
      frames += 1
      const elapsed = performance.now() - start
      if (elapsed < 1000) requestAnimationFrame(tick)
      else resolve((frames * 1000) / elapsed)
    }
    requestAnimationFrame(tick)
  })
}

/** The parked worker needs a moment between runs, as it has between two presses of a button. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
