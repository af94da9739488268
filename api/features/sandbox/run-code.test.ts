import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeServerSandbox } from '#sandbox/server/choose.ts'
import { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import { makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { whyNoPrograms } from '../../testing/why-no-programs.ts'
import { clippedMiddle } from './clipped-middle.ts'
import { runCode } from './run-code.ts'
import { sandboxTools } from './tools.ts'

const why = await whyNoPrograms()
if (why) process.stdout.write(`skipped: run_code: ${why}\n`)

let database: TestDb
beforeAll(async () => {
  database = await openTestDb()
})
afterAll(async () => {
  await database.close()
  closeServerSandbox()
})

const nothing = { stdin: '', files: {}, timeoutMs: 10_000 }
const never = new AbortController().signal

describe.skipIf(why !== undefined)('run_code', () => {
  test('what a program wrote is named, what it printed until it failed is kept, and the error is the program’s', async () => {
    const code = `print(open('in.txt').read())\nopen('out.csv', 'w').write('1,2')\nraise KeyError('gone')`
    const run = await runCode({ ...nothing, language: 'python', code, files: { 'in.txt': 'given' } }, never)
    expect(run).toEqual({
      status: 'failed',
      error: "KeyError: 'gone'\n    at <module> (snippet.py:3)",
      stdout: 'given\n',
      stderr: '',
      files: { 'out.csv': 3 },
      backend: 'bubblewrap',
      limits: { timeMs: 10_000, outputBytes: 1_000_000, memoryBytes: 268_435_456, processCount: 64 },
    })
  })

  test.each([
    ['error', 'python', `raise Exception('x' * 9_000_000)`],
    ['value', 'javascript', `export default 'x'.repeat(900_000)`],
  ] as const)('a long %s is cut in the middle before anything keeps it', async (_what, language, code) => {
    const run = await runCode({ ...nothing, language, code }, never)
    expect(JSON.stringify(run).length).toBeLessThan(50_000)
  })

  test('whom a program asked for in vain is named, each once; of many it says how many more', async () => {
    const code = `import socket
for n in range(25):
    for _ in range(2):
        try: socket.create_connection((f'h{n}.example.org', 443))
        except OSError: pass`
    const { network = [] } = await runCode({ ...nothing, language: 'python', code }, never)
    expect(network[0]).toBe('h0.example.org:443 refused: this sandbox has no network')
    expect(network).toHaveLength(21)
    expect(network.at(-1)).toBe('… 5 more')
  })

  test('an abort ends the program', async () => {
    const abort = new AbortController()
    const running = runCode({ ...nothing, language: 'python', code: 'while True: pass' }, abort.signal)
    abort.abort()
    await expect(running).rejects.toThrow()
  })

  test('arguments that do not fit are refused by their names', async () => {
    const [tool] = sandboxTools
    if (!tool) throw new Error('there is no tool')
    const site = { context: await makeOrg(database.db), step: 0 }
    const call = tool.perform({ ...site, ...idsOf() }, { language: 'cobol' }, never)
    await expect(call).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('language') })
    // More than a person could be shown, or run again.
    const files = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`${at}.txt`, '']))
    const many = tool.perform({ ...site, ...idsOf() }, { language: 'python', code: 'print(1)', files }, never)
    await expect(many).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('at most 100') })
  })
})

test('of a text that is too long both ends are kept, and what is left out is counted', () => {
  expect(clippedMiddle('abcdefghij', 10)).toBe('abcdefghij')
  expect(clippedMiddle('abcdefghijk', 4)).toBe('ab\n… 7 characters left out …\njk')
})

function idsOf() {
  const id = '019aa8d0-0000-7000-8000-000000000001'
  return { delegationId: DelegationId.parse(id), workspaceId: WorkspaceId.parse(id) }
}
