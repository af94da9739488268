import type {
  Capabilities,
  Language,
  Limits,
  OutputChunk,
  RunOutcome,
  RunRequest,
  RunResult,
  Session,
} from './sandbox.ts'

/** One promise of the port. It resolves when the backend keeps it and throws, saying what came instead, when not. */
export type ContractCase = { readonly name: string; run(session: Session): Promise<void> }

/** Boot a session with these for every case: small enough that each limit is met within a second. */
export const contractLimits: Limits = { timeMs: 5_000, outputBytes: 20_000, fileBytes: 50_000 }

/** What every backend must do, whatever stands behind it; cases for what it says it cannot do are left out. */
export function contractCases(capabilities: Capabilities): readonly ContractCase[] {
  return cases
    .filter(({ needs }) => needs === undefined || meets(capabilities, needs))
    .map(({ name, run }) => ({ name, run }))
}

type Need = Language | 'multiFile'
type Case = ContractCase & { readonly needs?: Need }

function meets(capabilities: Capabilities, need: Need): boolean {
  return need === 'multiFile' ? capabilities.multiFile : capabilities.languages.includes(need)
}

const cases: readonly Case[] = [
  {
    name: 'what is logged comes out on stdout, what is warned on stderr, in order',
    async run(session) {
      const { result, chunks } = await listen(
        session,
        js(`console.log('one'); console.warn('two'); console.log('three')`),
      )
      expectKind(result, 'completed')
      equal(joined(chunks), [
        ['stdout', 'one\n'],
        ['stderr', 'two\n'],
        ['stdout', 'three\n'],
      ])
    },
  },
  {
    name: 'values are written as Node writes them',
    async run(session) {
      const code = `console.log({ a: [1, 'two', null], m: new Map([['k', { deep: { deeper: {} } }]]) }, new Set([1n]))`
      const { chunks } = await listen(session, js(code))
      equal(textOf(chunks), "{ a: [ 1, 'two', null ], m: Map(1) { 'k' => { deep: [Object] } } } Set(1) { 1n }\n")
    },
  },
  {
    name: 'top-level await, timers and unawaited promises are waited for',
    async run(session) {
      const code = `await null; setTimeout(() => console.log('later'), 20); Promise.resolve().then(() => console.log('soon'))`
      const { result, chunks } = await listen(session, js(code))
      expectKind(result, 'completed')
      equal(textOf(chunks), 'soon\nlater\n')
    },
  },
  {
    name: 'a thrown error fails with its name, message and the user’s line',
    async run(session) {
      const result = await session.run(js(`\nfunction inner() {\n  throw new RangeError('too far')\n}\ninner()`))
      const { error, phase } = expectKind(result, 'failed')
      equal([phase, error.name, error.message], ['run', 'RangeError', 'too far'])
      equal(error.at, { file: 'snippet.js', line: 3, column: 9 })
      includes(error.stack, 'snippet.js:5:1')
    },
  },
  {
    name: 'an unhandled rejection and an error in a timer fail the run',
    async run(session) {
      const rejected = await session.run(js(`Promise.reject(new Error('dropped'))`))
      equal(expectKind(rejected, 'failed').error.message, 'dropped')
      const late = await session.run(js(`setTimeout(() => { throw new Error('late') }, 5)`))
      equal(expectKind(late, 'failed').error.message, 'late')
    },
  },
  {
    name: 'a syntax error says file, line and column',
    async run(session) {
      const { error, phase } = expectKind(await session.run(js(`const a = 1\nconst b = = 2\n`)), 'failed')
      equal([phase, error.name], ['compile', 'SyntaxError'])
      equal(error.at, { file: 'snippet.js', line: 2, column: 11 })
    },
  },
  {
    name: 'an endless loop stops when it is told to',
    async run(session) {
      const stop = new AbortController()
      const running = session.run({ ...js(`console.log('spinning'); for (;;) {}`), signal: stop.signal })
      await firstChunk(session)
      stop.abort()
      expectKind(await running, 'stopped')
    },
  },
  {
    name: 'kill ends the run and the session goes on',
    async run(session) {
      const running = session.run(js(`console.log('spinning'); for (;;) {}`))
      await firstChunk(session)
      session.kill()
      expectKind(await running, 'stopped')
      const { result, chunks } = await listen(session, js(`console.log('alive')`))
      expectKind(result, 'completed')
      equal(textOf(chunks), 'alive\n')
    },
  },
  {
    name: 'a run that is aborted before it starts never starts',
    async run(session) {
      const { result, chunks } = await listen(session, { ...js(`console.log('ran')`), signal: AbortSignal.abort() })
      expectKind(result, 'stopped')
      equal(textOf(chunks), '')
    },
  },
  {
    name: 'the time limit ends what does not end by itself',
    async run(session) {
      const looped = await session.run({ ...js('for (;;) {}'), timeoutMs: 200 })
      equal(expectKind(looped, 'timed-out').limitMs, 200)
      const waited = await session.run({ ...js('await new Promise(() => setInterval(() => {}, 10))'), timeoutMs: 200 })
      expectKind(waited, 'timed-out')
    },
  },
  {
    name: 'a flood of output ends at the limit and not a byte later',
    async run(session) {
      const { result, chunks } = await listen(session, js(`for (;;) console.log('flood é'.repeat(20))`))
      equal(expectKind(result, 'output-limit').limitBytes, session.limits.outputBytes)
      const bytes = new TextEncoder().encode(textOf(chunks)).length
      if (bytes > session.limits.outputBytes || bytes < session.limits.outputBytes - 4) {
        throw new Error(`expected close to ${session.limits.outputBytes} bytes, got ${bytes}`)
      }
    },
  },
  {
    name: 'runs share nothing: globals, timers and prototypes are new each time',
    async run(session) {
      await session.run(js(`globalThis.left = 1; Array.prototype.map = () => 'broken'`))
      const { chunks } = await listen(session, js(`console.log(typeof left, [1].map((n) => n + 1))`))
      equal(textOf(chunks), 'undefined [ 2 ]\n')
    },
  },
  {
    name: 'one run at a time: a second is refused and the first is not disturbed',
    async run(session) {
      const first = session.run(js(`await new Promise((done) => setTimeout(done, 30)); console.log('first')`))
      const refused = await session.run(js('1')).then(
        () => 'accepted',
        (error) => String(error?.code),
      )
      equal(refused, 'conflict')
      expectKind(await first, 'completed')
    },
  },
  {
    name: 'what the sandbox withholds is refused by name',
    async run(session) {
      const code = `process.exit(1)`
      const { error } = expectKind(await session.run(js(code)), 'failed')
      includes(error.message, 'process is not available in this sandbox')
    },
  },
  {
    name: 'a default export is shown as the value',
    async run(session) {
      equal(expectKind(await session.run(js(`export default { answer: 42 }`)), 'completed').value, '{ answer: 42 }')
      equal(expectKind(await session.run(js(`1`)), 'completed').value, null)
    },
  },
  {
    name: 'TypeScript runs, and its errors stand on the user’s lines',
    needs: 'typescript',
    async run(session) {
      const code = `interface Point {\n  x: number\n}\nenum Way { Up }\nconst at: Point = { x: Way.Up }\nconsole.log(at)\nthrow new Error('here')\n`
      const { result, chunks } = await listen(session, { language: 'typescript', code })
      equal(textOf(chunks), '{ x: 0 }\n')
      equal(expectKind(result, 'failed').error.at, { file: 'snippet.ts', line: 7, column: 7 })
    },
  },
  {
    name: 'a TypeScript syntax error says file, line and column',
    needs: 'typescript',
    async run(session) {
      const result = await session.run({ language: 'typescript', code: `const ok = 1\nlet é: = 2\n` })
      const { error, phase } = expectKind(result, 'failed')
      equal([phase, error.at], ['compile', { file: 'snippet.ts', line: 2, column: 8 }])
    },
  },
  {
    name: 'files import each other, and errors name the file',
    needs: 'multiFile',
    async run(session) {
      session.files.write('lib/add.ts', `export const add = (a: number, b: number) => a + b\n`)
      session.files.write('lib/fail.js', `\nexport function fail() {\n  throw new Error('from lib')\n}\n`)
      session.files.write('data.json', `{ "n": 3 }`)
      const code = `import { add } from './lib/add.ts'\nimport { fail } from './lib/fail'\nimport data from './data.json'\nconsole.log(add(data.n, 4))\nfail()`
      const { result, chunks } = await listen(session, { language: 'typescript', code, path: 'main.ts' })
      equal(textOf(chunks), '7\n')
      equal(expectKind(result, 'failed').error.at, { file: 'lib/fail.js', line: 3, column: 9 })
    },
  },
  {
    name: 'an import that is not there is refused at its place',
    needs: 'multiFile',
    async run(session) {
      const missing = await session.run(js(`import './nowhere.js'`))
      equal(expectKind(missing, 'failed').error.at, { file: 'snippet.js', line: 1, column: 8 })
      const builtIn = await session.run(js(`import fs from 'node:fs'`))
      includes(expectKind(builtIn, 'failed').error.message, 'node:fs is not available in this sandbox')
    },
  },
  {
    name: 'files keep to their folder and to their limit',
    async run(session) {
      equal(
        refusedWith(() => session.files.write('../outside.js', '')),
        'bad-input',
      )
      equal(
        refusedWith(() => session.files.write('/etc/passwd', '')),
        'bad-input',
      )
      equal(
        refusedWith(() => session.files.write('big.txt', 'x'.repeat(session.limits.fileBytes + 1))),
        'too-large',
      )
      session.files.write('a/./b.txt', 'b')
      equal(session.files.list(), ['a/b.txt'])
      session.files.remove('a/b.txt')
      equal(session.files.list(), [])
    },
  },
  {
    name: 'a session that was thrown away answers so, and ends what was running',
    async run(session) {
      const running = session.run(js(`console.log('spinning'); for (;;) {}`))
      await firstChunk(session)
      session.dispose()
      expectKind(await running, 'stopped')
      expectKind(await session.run(js('1')), 'unavailable')
    },
  },
]

function js(code: string): RunRequest {
  return { language: 'javascript', code }
}

async function listen(session: Session, request: RunRequest): Promise<{ result: RunResult; chunks: OutputChunk[] }> {
  const chunks: OutputChunk[] = []
  const stop = session.onOutput((chunk) => void chunks.push(chunk))
  try {
    return { result: await session.run(request), chunks }
  } finally {
    stop()
  }
}

function firstChunk(session: Session): Promise<void> {
  return new Promise((resolve) => {
    const stop = session.onOutput(() => {
      stop()
      resolve()
    })
  })
}

function textOf(chunks: readonly OutputChunk[]): string {
  return chunks.map(({ text }) => text).join('')
}

/** How text is cut into chunks is the backend's own business; which stream said what, and when, is not. */
function joined(chunks: readonly OutputChunk[]): [string, string][] {
  const runs: [string, string][] = []
  for (const { stream, text } of chunks) {
    const last = runs.at(-1)
    if (last !== undefined && last[0] === stream) last[1] += text
    else runs.push([stream, text])
  }
  return runs
}

function expectKind<Kind extends RunOutcome['kind']>(
  result: RunOutcome,
  kind: Kind,
): Extract<RunOutcome, { kind: Kind }> {
  if (isKind(result, kind)) return result
  throw new Error(`expected the run to be ${kind}, got ${JSON.stringify(result)}`)
}

function isKind<Kind extends RunOutcome['kind']>(
  result: RunOutcome,
  kind: Kind,
): result is Extract<RunOutcome, { kind: Kind }> {
  return result.kind === kind
}

function equal(actual: unknown, expected: unknown): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (got !== wanted) throw new Error(`expected ${wanted}, got ${got}`)
}

function includes(text: string, part: string): void {
  if (!text.includes(part)) throw new Error(`expected ${JSON.stringify(text)} to include ${JSON.stringify(part)}`)
}

function refusedWith(act: () => void): string {
  try {
    act()
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
  return 'accepted'
}
