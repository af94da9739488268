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
export const contractLimits: Limits = {
  timeMs: 5_000,
  outputBytes: 20_000,
  fileBytes: 50_000,
  memoryBytes: 192 * 1024 * 1024,
  processCount: 48,
}

/** What every backend must do, whatever stands behind it; cases for what it says it cannot do are left out. */
export function contractCases(capabilities: Capabilities): readonly ContractCase[] {
  return cases
    .filter(({ needs }) => needs === undefined || meets(capabilities, needs))
    .map(({ name, run }) => ({ name, run }))
}

/** `shims`: no process, so what a browser lacks is refused by name. */
type Need = Language | 'multiFile' | 'processes' | 'shims'
type Case = ContractCase & { readonly needs?: Need }

function meets(capabilities: Capabilities, need: Need): boolean {
  if (need === 'shims') return !capabilities.processes
  if (need === 'multiFile' || need === 'processes') return capabilities[need]
  return capabilities.languages.includes(need)
}

const cases: readonly Case[] = [
  {
    name: 'what is logged comes out on stdout, what is warned on stderr, each in order',
    async run(session) {
      const code = `console.log('one'); console.warn('two'); console.log('three ✓ 日本'); console.error('four')`
      const { result, chunks } = await listen(session, js(code))
      expectKind(result, 'completed')
      equal(textOf(chunks, 'stdout'), 'one\nthree ✓ 日本\n')
      equal(textOf(chunks, 'stderr'), 'two\nfour\n')
    },
  },
  {
    name: 'both streams come out in the order in which they were written',
    needs: 'shims',
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
    needs: 'shims',
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
    needs: 'shims',
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
      const code = `import { add } from './lib/add.ts'\nimport { fail } from './lib/fail'\n\nconsole.log(add(3, 4))\nfail()`
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
    },
  },
  {
    name: 'what only Node has is refused by name, and data is imported as it is',
    needs: 'shims',
    async run(session) {
      session.files.write('data.json', `{ "n": 3 }`)
      const { chunks } = await listen(session, js(`import data from './data.json'\nconsole.log(data.n)`))
      equal(textOf(chunks), '3\n')
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
      equal(new TextDecoder().decode(session.files.read('a/b.txt')), 'b')
      session.files.remove('a/b.txt')
      equal(session.files.list(), [])
    },
  },
  {
    name: 'a program says with its code how it ended',
    needs: 'processes',
    async run(session) {
      const { result, chunks } = await listen(
        session,
        js(`import process from 'node:process'; console.log('so far'); process.exit(3)`),
      )
      equal(expectKind(result, 'exited').exitCode, 3)
      equal(textOf(chunks), 'so far\n')
    },
  },
  {
    name: 'a program reads its input to the end, whatever bytes it holds',
    needs: 'processes',
    async run(session) {
      const code = `import { readFileSync } from 'node:fs'; console.log(readFileSync(0, 'utf8').toUpperCase())`
      const { chunks } = await listen(session, { ...js(code), stdin: 'grüße\n'.repeat(1_000) })
      equal(textOf(chunks), `${'GRÜSSE\n'.repeat(1_000)}\n`)
      const { result } = await listen(session, js(code))
      expectKind(result, 'completed')
    },
  },
  {
    name: 'files of any bytes go in and come out, and those it deletes are gone',
    needs: 'processes',
    async run(session) {
      const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
      session.files.write('in.bin', bytes)
      session.files.write('old.txt', 'old')
      const code = `import { readFileSync, rmSync, mkdirSync, writeFileSync } from 'node:fs'
        mkdirSync('out'); writeFileSync('out/back.bin', readFileSync('in.bin').reverse()); rmSync('old.txt')`
      expectKind((await listen(session, js(code))).result, 'completed')
      equal(session.files.list(), ['in.bin', 'out/back.bin'])
      equal([...(session.files.read('out/back.bin') ?? [])], [...bytes].reverse())
    },
  },
  {
    name: 'memory over the limit ends the run and nothing else',
    needs: 'processes',
    async run(session) {
      const code = `console.log('before'); const kept = []; for (;;) kept.push(new Uint8Array(4_000_000).fill(1))`
      const { result, chunks } = await listen(session, js(code))
      equal(expectKind(result, 'out-of-memory').limitBytes, session.limits.memoryBytes)
      equal(textOf(chunks), 'before\n')
      expectKind((await listen(session, js('1'))).result, 'completed')
    },
  },
  {
    name: 'the digest of a is what it is everywhere',
    needs: 'processes',
    async run(session) {
      const code = `import { createHash } from 'node:crypto'; console.log(createHash('sha256').update('a').digest('hex'))`
      equal(textOf((await listen(session, js(code))).chunks), `${sha256OfA}\n`)
    },
  },
  {
    name: 'Python prints, reads, imports files beside it, and its digest is right',
    needs: 'python',
    async run(session) {
      session.files.write('pack/__init__.py', '')
      session.files.write('pack/add.py', 'def add(a, b):\n    return a + b\n')
      const code = `import hashlib, sys\nfrom pack.add import add\nprint(add(3, 4), 'é')\nprint(hashlib.sha256(b'a').hexdigest(), file=sys.stderr)`
      const { result, chunks } = await listen(session, python(code))
      expectKind(result, 'completed')
      equal(textOf(chunks, 'stdout'), '7 é\n')
      equal(textOf(chunks, 'stderr'), `${sha256OfA}\n`)
    },
  },
  {
    name: 'a Python error stands on the user’s line, at run time and before it',
    needs: 'python',
    async run(session) {
      const raised = expectKind(
        await session.run(python(`def inner():\n    raise ValueError('no')\n\ninner()\n`)),
        'failed',
      )
      equal([raised.phase, raised.error.name, raised.error.message], ['run', 'ValueError', 'no'])
      equal([raised.error.at?.file, raised.error.at?.line], ['snippet.py', 2])
      const wrong = expectKind(await session.run(python(`a = 1\nb = = 2\n`)), 'failed')
      equal([wrong.phase, wrong.error.name, wrong.error.at?.line], ['compile', 'SyntaxError', 2])
    },
  },
  {
    name: 'a Python loop ends by the clock, and what it wrote until then is kept',
    needs: 'python',
    async run(session) {
      const looping = { ...python(`print('begun', flush=True)\nwhile True: pass`), timeoutMs: 1_000 }
      const { result, chunks } = await listen(session, looping)
      equal(expectKind(result, 'timed-out').limitMs, 1_000)
      equal(textOf(chunks), 'begun\n')
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

const sha256OfA = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'

function js(code: string): RunRequest {
  return { language: 'javascript', code }
}

function python(code: string): RunRequest {
  return { language: 'python', code }
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

/** Of one stream, or of both as they came. */
function textOf(chunks: readonly OutputChunk[], stream?: OutputChunk['stream']): string {
  const heard = chunks.filter((chunk) => stream === undefined || chunk.stream === stream)
  return heard.map(({ text }) => text).join('')
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
