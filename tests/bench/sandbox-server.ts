import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Language, Session } from '#sandbox/sandbox.ts'
import { createBubblewrap } from '#sandbox/server/bubblewrap.ts'
import { createQuickJs } from '#sandbox/server/quickjs/quickjs.ts'
import type { Bench } from './bench.ts'
import { percentile, rounded } from './statistics.ts'

const runs = 40

/**
 * From the call to the program's first word: in a process that is started for it, and in one that waits; killing what loops;
 * fifty at once; the memory of one that waits, of each place. Beside it, from the same minutes, a bare `node -e` without any
 * walls.
 */
export async function runServerSandboxBench(): Promise<Bench> {
  const sandbox = createBubblewrap()
  const booted = await sandbox.boot()
  if (booted.state === 'unavailable') throw new Error(`Nothing to measure: ${booted.reason}`)
  const { session } = booted
  const cold: number[] = []
  const python: number[] = []
  const bare: number[] = []
  const kills: number[] = []
  for (let run = 0; run < runs; run++) {
    cold.push(await firstWord(session, 'typescript', 'const n: number = 1; console.log(n)'))
    python.push(await firstWord(session, 'python', 'print(1)'))
    bare.push(bareNode())
    kills.push(await killed(session))
  }
  const together = await manyAtOnce(sandbox, 50)
  const waiting: number[] = []
  session.prepare('typescript')
  for (let run = 0; run < runs; run++) {
    // As after any pause between two programs: the next runtime has started and waits.
    await new Promise((resolve) => setTimeout(resolve, 250))
    waiting.push(await firstWord(session, 'typescript', 'const n: number = 1; console.log(n)'))
  }
  const memory = await memoryOfParked(session)
  session.dispose()
  sandbox.close()
  const engine = await quickJsFigures()
  return {
    figures: {
      tsColdP50Ms: percentile(cold, 0.5),
      tsColdP95Ms: percentile(cold, 0.95),
      pythonColdP50Ms: percentile(python, 0.5),
      poolP50Ms: percentile(waiting, 0.5),
      poolP95Ms: percentile(waiting, 0.95),
      killP50Ms: percentile(kills, 0.5),
      fiftyAtOnceMs: rounded(together.ms),
      fiftyAtOnceFailed: together.failed,
      denoParkedMb: memory.deno,
      pythonParkedMb: memory.python,
      ...engine,
    },
    baseline: { bareNodeMs: percentile(bare, 0.5), bareNodeP95Ms: percentile(bare, 0.95), load: loadNow() },
  }
}

async function firstWord(session: Session, language: Language, code: string): Promise<number> {
  const start = performance.now()
  let heard: number | undefined
  const stop = session.onOutput(() => {
    heard ??= performance.now() - start
  })
  const { kind } = await session.run({ language, code })
  stop()
  if (kind !== 'completed' || heard === undefined) throw new Error(`a run of the bench was ${kind}`)
  return heard
}

/** From the kill to the result, of a program that never ends by itself. */
async function killed(session: Session): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = session.onOutput(() => resolve())
  const running = session.run({ language: 'javascript', code: `console.log('on'); for (;;) {}` })
  await promise
  stop()
  const start = performance.now()
  session.kill()
  await running
  return performance.now() - start
}

/** What the processes of a runtime that waits for its job take, shared pages counted for each their part. */
async function memoryOfParked(session: Session): Promise<{ deno: number; python: number }> {
  const read = async (language: Language, code: string) => {
    let text = ''
    const stop = session.onOutput((chunk) => (text += chunk.text))
    await session.run({ language, code })
    stop()
    return rounded(Number(text) / 1_024)
  }
  const rollup = '/proc/self/smaps_rollup'
  const deno = `import { readFileSync } from 'node:fs'; console.log(/Pss: +(\\d+)/.exec(readFileSync('${rollup}', 'utf8'))[1])`
  const python = `import re; print(re.search(r'Pss: +([0-9]+)', open('${rollup}').read()).group(1))`
  return { deno: await read('javascript', deno), python: await read('python', python) }
}

/** The small engine: in a thread that is started for it, in one that waits, and what each takes of this process. */
async function quickJsFigures(): Promise<Record<string, number>> {
  const sandbox = createQuickJs()
  const booted = await sandbox.boot()
  if (booted.state === 'unavailable') throw new Error(booted.reason)
  const { session } = booted
  const cold: number[] = []
  const waiting: number[] = []
  for (let run = 0; run < runs / 4; run++) cold.push(await firstWord(session, 'javascript', 'console.log(1)'))
  const before = process.memoryUsage().rss
  session.prepare('javascript')
  await new Promise((resolve) => setTimeout(resolve, 500))
  const parked = process.memoryUsage().rss - before
  for (let run = 0; run < runs / 4; run++) {
    await new Promise((resolve) => setTimeout(resolve, 400))
    waiting.push(await firstWord(session, 'javascript', 'console.log(1)'))
  }
  session.dispose()
  sandbox.close()
  return {
    quickJsColdP50Ms: percentile(cold, 0.5),
    quickJsPoolP50Ms: percentile(waiting, 0.5),
    quickJsParkedMb: rounded(Math.max(0, parked) / 1_048_576),
  }
}

async function manyAtOnce(
  sandbox: ReturnType<typeof createBubblewrap>,
  count: number,
): Promise<{ ms: number; failed: number }> {
  const start = performance.now()
  const results = await Promise.all(
    Array.from({ length: count }, async () => {
      const booted = await sandbox.boot()
      if (booted.state !== 'ready') return 'unavailable'
      const { kind } = await booted.session.run({ language: 'javascript', code: 'console.log(1)' })
      booted.session.dispose()
      return kind
    }),
  )
  return { ms: performance.now() - start, failed: results.filter((kind) => kind !== 'completed').length }
}

function bareNode(): number {
  const start = performance.now()
  spawnSync(process.execPath, ['-e', 'console.log(1)'])
  return performance.now() - start
}

function loadNow(): number {
  return Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0])
}
