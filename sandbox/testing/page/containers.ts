import { backendFor, type Choice, chooseSandbox } from '../../browser/choose.ts'
import { createWebContainers } from '../../browser/web-container.ts'
import { contractCases, contractLimits } from '../../contract-suite.ts'
import type { Canaries } from '../../hostile/case.ts'
import { standInTargets } from '../../hostile/stand-in.ts'
import { hostileCases } from '../../hostile-suite.ts'
import type { Limits, Server, Session } from '../../sandbox.ts'

const hostUrl = new URLSearchParams(location.search).get('host') ?? undefined
const containers = {
  ...(hostUrl !== undefined && { hostUrl }),
  clientId: 'somebody',
  bootTimeoutMs: Number(new URLSearchParams(location.search).get('wait') ?? 10_000),
}
let late = 0
const found = Promise.withResolvers<Choice>()
let askAgain: () => void = () => undefined
const sandbox = createWebContainers({
  ...containers,
  onLate: () => {
    late += 1
  },
})

/** What the tests of the container's adapter drive, on a page with the product's own headers. */
const containerTests = {
  probe: () => sandbox.probe(),

  async boot() {
    const boot = await sandbox.boot()
    if (boot.state === 'ready') boot.session.dispose()
    return boot.state === 'ready' ? { state: boot.state, reason: '' } : boot
  },

  /** What is chosen at once, and what when the host has answered. */
  async choices() {
    const { promise, resolve } = Promise.withResolvers<Choice>()
    const first = await chooseSandbox({ containers, onChange: resolve })
    return [namesOf(first), namesOf(await promise)]
  },

  /** Looks for containers until their host is known not to have answered, and says why not. */
  async search(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>()
    const onChange = (choice: Choice) => {
      const [other] = choice.others
      if (other === undefined) return found.resolve(choice)
      if (other.askAgain === undefined) return
      askAgain = other.askAgain
      resolve(other.whyNot)
    }
    await chooseSandbox({ containers, onChange })
    return await promise
  },
  askAgain: () => askAgain(),
  /** What is chosen when the host has answered after all. */
  recovered: async () => namesOf(await found.promise),

  late: () => late,
  frames: () => document.querySelectorAll('iframe').length,
  close: () => sandbox.close(),

  async runCase(name: string): Promise<void> {
    const found = contractCases(sandbox.capabilities).find((each) => each.name === name)
    if (found === undefined) throw new Error(`no case is named ${name}`)
    const session = await open()
    try {
      await found.run(session, open)
    } finally {
      session.dispose()
    }
  },

  /** A run beside files of which one cannot be written, and what it is once that is mended. */
  async besideImpossibleFile() {
    const session = await open()
    session.files.write('lib', 'a file')
    session.files.write('lib/add.js', 'below a file there is no place')
    const first = await session.run({ language: 'javascript', code: `console.log('ran')` })
    session.files.remove('lib/add.js')
    const next = await session.run({ language: 'javascript', code: `console.log('ran')` })
    session.dispose()
    return { first, next: next.kind }
  },

  async attack(name: string, canaries: Canaries): Promise<void> {
    const found = hostileCases(sandbox.capabilities, standInTargets).find((each) => each.name === name)
    if (found === undefined) throw new Error(`no attack is named ${name}`)
    const session = await open()
    try {
      await found.run(session, canaries)
    } finally {
      session.dispose()
    }
  },

  /** A server of two files, started, seen to answer, changed, and ended with its session. */
  async project() {
    const session = await open()
    const { programs } = session
    if (programs === undefined) throw new Error('no programs')
    session.files.write('package.json', '{ "type": "module" }')
    session.files.write('src/server.js', server)
    const serving = new Promise<Server>((resolve) => session.onServers?.(([server]) => server && resolve(server)))
    const written = new Promise<void>((resolve) => {
      programs.onFiles(() => {
        if (session.files.list().includes('out/log.txt')) resolve()
      })
    })
    const program = await programs.start('node', ['src/server.js'])
    const heard = new Promise<string>((resolve) => program.onOutput(resolve))
    const { url } = await serving
    await written
    const log = new TextDecoder().decode(session.files.read('out/log.txt'))
    const left = session.files.list()
    session.dispose()
    return { url, heard: await heard, log, left, exit: await program.exit }
  },

  /** A snippet that serves, and speaks after its time would be over. */
  async serveLong() {
    const session = await open({ timeMs: 4_000 })
    const code = `import { createServer } from 'node:http'
createServer(() => {}).listen(0, '127.0.0.1')
setTimeout(() => console.log('still here'), 6_000)`
    const late = new Promise<string>((resolve) => session.onOutput(({ text }) => resolve(text)))
    const running = session.run({ language: 'javascript', code })
    const first = await Promise.race([late, running.then(({ kind }) => kind)])
    session.kill()
    const { kind } = await running
    session.dispose()
    return { first, kind }
  },

  /** How much is heard of one that prints more than a pipe holds and then never rests. */
  async printAndSpin(characters: number) {
    const session = await open({ timeMs: 8_000, outputBytes: 2 * characters })
    let heard = 0
    session.onOutput(({ text }) => {
      heard += text.length
    })
    const code = `for (let n = 0; n < ${characters / 100}; n++) console.log('x'.repeat(99))
for (;;);`
    const { kind } = await session.run({ language: 'javascript', code })
    session.dispose()
    return { kind, heard }
  },

  /** How many servers are heard of while a snippet serves and once it was stopped. */
  async serveAndStop(beside: 'nothing' | 'a shell') {
    const session = await open()
    if (beside === 'a shell') await session.programs?.start('jsh', [])
    const counts: number[] = []
    const serving = new Promise<void>((resolve) => {
      session.onServers?.(({ length }) => {
        counts.push(length)
        if (length > 0) resolve()
      })
    })
    const said = new Promise<void>((resolve) => session.onOutput(() => resolve()))
    const running = session.run({ language: 'javascript', code: server })
    await Promise.all([serving, said])
    session.kill()
    const { kind } = await running
    const heard = [...counts]
    session.dispose()
    return { kind, heard }
  },

  /** A run without an end, while a program beside it begins to serve. */
  async loopBesideServer() {
    const session = await open({ timeMs: 8_000 })
    session.files.write('server.mjs', server)
    const order: string[] = []
    let served = 0
    session.onServers?.(({ length }) => {
      served = length
      if (length > 0) order.push('serves')
    })
    const begun = new Promise<void>((resolve) => session.onOutput(() => resolve()))
    const code = `console.log('begun')
setInterval(() => {}, 1_000)`
    const running = session.run({ language: 'javascript', code })
    await begun
    await session.programs?.start('node', ['server.mjs'])
    order.push((await running).kind)
    const left = served
    session.dispose()
    return { order, left }
  },

  /** What is there of a file a program wrote the moment before. */
  async catchUp() {
    const session = await open()
    const program = await session.programs?.start('node', ['-e', "require('fs').writeFileSync('made.txt', 'now')"])
    await program?.exit
    await session.programs?.catchUp()
    const made = new TextDecoder().decode(session.files.read('made.txt'))
    session.dispose()
    return made
  },

  async shell(line: string) {
    const session = await open()
    const program = await session.programs?.start('jsh', [], { cols: 100, rows: 30 })
    if (program === undefined) throw new Error('no programs')
    let text = ''
    program.onOutput((each) => {
      text += each
    })
    program.resize({ cols: 120, rows: 40 })
    program.write(`${line}\nexit 7\n`)
    const exit = await program.exit
    session.dispose()
    return { text, exit }
  },
}

const server = `import { createServer } from 'node:http'
import { mkdirSync, writeFileSync } from 'node:fs'
createServer((_, response) => response.end('<h1>Served</h1>')).listen(0, '127.0.0.1', () => {
  mkdirSync('out', { recursive: true })
  writeFileSync('out/log.txt', 'listening')
  mkdirSync('node_modules/left', { recursive: true })
  writeFileSync('node_modules/left/index.js', '1')
  console.log('ready')
})`

function namesOf(choice: Choice) {
  if (choice.state === 'none') return { runs: [], others: choice.others }
  const languages = ['typescript', 'python'] as const
  return { runs: languages.map((each) => backendFor(choice, each)?.sandbox.name), others: choice.others }
}

export type ContainerTests = typeof containerTests
Object.assign(window, { containerTests })

async function open(limits: Partial<Limits> = {}): Promise<Session> {
  const boot = await sandbox.boot({ limits: { ...contractLimits, ...limits } })
  if (boot.state === 'ready') return boot.session
  throw new Error(boot.reason)
}
