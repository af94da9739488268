import { afterAll, describe, expect, test } from 'vitest'
import { contractCases, contractLimits } from '../../contract-suite.ts'
import type { OutputChunk, RunRequest, Session } from '../../sandbox.ts'
import { createQuickJs } from './quickjs.ts'

const sandbox = createQuickJs(contractLimits)
afterAll(() => sandbox.close())

async function boot(): Promise<Session> {
  const booted = await sandbox.boot()
  if (booted.state !== 'ready') throw new Error(booted.reason)
  return booted.session
}

async function inSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const session = await boot()
  try {
    return await work(session)
  } finally {
    session.dispose()
  }
}

const js = (code: string): RunRequest => ({ language: 'javascript', code })

async function heard(code: string) {
  return await inSession(async (session) => {
    const chunks: OutputChunk[] = []
    session.onOutput((chunk) => void chunks.push(chunk))
    const result = await session.run(js(code))
    return { result, text: chunks.map(({ text }) => text).join('') }
  })
}

describe('quickjs', { timeout: 20_000 }, () => {
  describe('keeps the contract', () => {
    test.each(contractCases(sandbox.capabilities).map((each) => [each.name, each] as const))('%s', async (_, each) => {
      await inSession((session) => each.run(session, boot))
    })
  })

  test('says of itself that it only computes', () => {
    expect(sandbox.capabilities.isolation).toContain('Pure compute only')
  })

  test('names what is not there', async () => {
    const ask = `for (const make of [() => fetch('x'), () => new WebSocket('x'), () => require('fs'), () => new Worker('x')])
  try { make() } catch (error) { console.log(error.message) }`
    expect((await heard(ask)).text.split('\n').slice(0, 4)).toEqual([
      'fetch is not available in this sandbox: it has no network',
      'WebSocket is not available in this sandbox: it has no network',
      'require is not available in this sandbox: use import for your own files',
      'Worker is not available in this sandbox: it runs in a single thread',
    ])
    for (const name of ['fs', 'node:net', 'https://example.org/x.js', 'left-pad'])
      expect((await heard(`import '${name}'`)).result).toMatchObject({
        kind: 'failed',
        error: { name: 'ImportError', message: expect.stringContaining('not available in this sandbox') },
      })
  })

  test('a program finds nothing of the server: no environment, no way out through constructors or errors', async () => {
    process.env.SANDBOX_CANARY = 'canary-of-the-host'
    const code = `const reach = (0, eval)
const tried = ['process', 'globalThis.process', 'require', "console.log.constructor('return process')()", "(async () => {}).constructor('return import(\\"node:fs\\")')()", 'new Error().stack']
for (const each of tried) try { console.log(String(await reach(each))) } catch (error) { console.log(error.message) }
console.log(Object.getOwnPropertyNames(globalThis).join(' '))`
    const { text } = await heard(code)
    delete process.env.SANDBOX_CANARY
    expect(text).not.toContain('canary')
    expect(text).not.toContain('[object process]')
    expect(text).not.toContain('sandbox/server')
  })

  test.each([
    ['a wait', 'await new Promise((done) => setTimeout(done, 60_000))'],
    ['a loop', 'for (;;) {}'],
  ])('what was said before %s is heard while it goes on', async (_, rest) => {
    await inSession(async (session) => {
      const heardAll = Promise.withResolvers<void>()
      let text = ''
      session.onOutput((chunk) => {
        text += chunk.text
        if (text === 'one\ntwo\n') heardAll.resolve()
      })
      const running = session.run(js(`console.log('one'); console.log('two'); ${rest}`))
      await heardAll.promise
      session.kill()
      expect((await running).kind).toBe('stopped')
    })
  })

  test('deep recursion and a wait without end are told as what they are', async () => {
    expect((await heard('const f = () => f() + 1; f()')).result).toMatchObject({
      kind: 'failed',
      error: { message: expect.stringContaining('stack') },
    })
    expect((await heard('await new Promise(() => {})')).result).toMatchObject({
      kind: 'failed',
      error: { message: expect.stringContaining('nothing will ever settle') },
    })
  })
})
