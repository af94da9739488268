import type { Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contractCases } from '../contract-suite.ts'
import type { Limits, RunRequest } from '../sandbox.ts'
import { openTestPage, type TestPage } from '../testing/open-test-page.ts'
import type { TestServer } from '../testing/serve-page.ts'
import { createFrameWorker } from './frame-worker.ts'

const { capabilities } = createFrameWorker({ frameUrl: '/sandbox-frame' })

let opened: TestPage
let server: TestServer
let page: Page

beforeAll(async () => {
  opened = await openTestPage()
  server = opened.server
  page = opened.page
})

afterAll(() => opened?.close())

beforeEach(() => {
  server.leaks.length = 0
})

const runOnce = (request: RunRequest, limits: Partial<Limits> = {}) =>
  page.evaluate(([asked, limited]) => window.sandboxTests.runOnce(asked, limited), [request, limits] as const)

const javascript = (code: string, limits: Partial<Limits> = {}) => runOnce({ language: 'javascript', code }, limits)

describe('the frame-worker keeps the contract', () => {
  test.each(contractCases(capabilities).map(({ name }) => name))('%s', async (name) => {
    await page.evaluate((each) => window.sandboxTests.runCase(each), name)
  })
})

describe('user code cannot get out', () => {
  test('the page itself is isolated and forbids eval', async () => {
    const state = await page.evaluate(() => window.sandboxTests.pageState())
    expect(state).toEqual({ isolated: true, evaluated: 'EvalError' })
  })

  test('origin and policy alone, with every built-in untouched, leave no way out', async () => {
    await page.evaluate(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: the cookie is the bait
      document.cookie = 'bait=1'
      localStorage.setItem('bait', '1')
    })
    const seen = await page.evaluate(
      () =>
        new Promise<Record<string, string>>((resolve) => {
          const frame = document.createElement('iframe')
          frame.setAttribute('sandbox', 'allow-scripts')
          frame.src = '/probe-frame'
          addEventListener('message', ({ data }) => resolve(data), { once: true })
          document.body.append(frame)
        }),
    )
    expect(seen).not.toHaveProperty('failed')
    for (const [door, answer] of Object.entries(seen)) expect(`${door}: ${answer}`).toMatch(/: (blocked|absent)/)
    expect(Object.keys(seen).length).toBeGreaterThan(15)
    expect(server.leaks).toEqual([])
  })

  test('what is withheld says so by name', async () => {
    const code = `
      const tried = {
        fetch: () => fetch('/leak'), XMLHttpRequest: () => new XMLHttpRequest(), WebSocket: () => new WebSocket('ws://x'),
        EventSource: () => new EventSource('/leak'), importScripts: () => importScripts('/leak'), Worker: () => new Worker('/leak'),
        postMessage: () => postMessage(1), close: () => close(), BroadcastChannel: () => new BroadcastChannel('x'),
      }
      for (const [name, attempt] of Object.entries(tried)) {
        try { attempt(); console.log(name, 'worked') } catch (error) { console.log(error.message) }
      }
      console.log(typeof window, typeof document, typeof parent, typeof top, typeof localStorage, typeof indexedDB, typeof caches)
      const url = ['http://127.0.0.1', 'leak.js'].join('/')
      console.log(await import(url).then(() => 'worked', () => 'refused'))`
    const { text } = await javascript(code)
    expect(text.trim().split('\n')).toEqual([
      'fetch is not available in this sandbox: it has no network',
      'XMLHttpRequest is not available in this sandbox: it has no network',
      'WebSocket is not available in this sandbox: it has no network',
      'EventSource is not available in this sandbox: it has no network',
      'importScripts is not available in this sandbox: it has no network',
      'Worker is not available in this sandbox: it runs in a single worker',
      'postMessage is not available in this sandbox: it runs in a single worker',
      'close is not available in this sandbox: it runs in a single worker',
      'BroadcastChannel is not available in this sandbox: it runs in a single worker',
      Array(7).fill('undefined').join(' '),
      'refused',
    ])
  })

  test('a forged message, patched built-ins and listeners neither end the run nor catch its port', async () => {
    const code = `
      const caught = []
      const real = MessagePort.prototype.postMessage
      MessagePort.prototype.postMessage = function (...args) { caught.push(this); return real.apply(this, args) }
      Reflect.apply = (fn, self, args) => { caught.push(self); return fn.apply(self, args) }
      Function.prototype.call = function (self) { caught.push(self) }
      for (const name of ['data', 'ports', 'source']) {
        Object.defineProperty(MessageEvent.prototype, name, { get() { caught.push(this) } })
      }
      Error.prepareStackTrace = (error, sites) => { for (const site of sites) caught.push(site.getThis(), site.getFunction()); return '' }
      new Error().stack
      addEventListener('message', (event) => caught.push(event))
      dispatchEvent(new MessageEvent('message', { data: { type: 'completed', value: 'forged' } }))
      try { self.postMessage({ type: 'completed', value: 'forged' }) } catch {}
      console.log('still here')
      await new Promise((done) => setTimeout(done, 30))
      console.log(caught.filter((each) => each instanceof MessagePort).length)
      export default 'honest'`
    const { result, text } = await javascript(code)
    expect(text).toBe('still here\n0\n')
    expect(result).toMatchObject({ kind: 'completed', value: "'honest'" })
  })

  test('the page hears nothing but known messages, and its globals stay as they are', async () => {
    await page.evaluate(() => {
      Object.assign(window, { heard: [] })
      addEventListener('message', ({ data }) => Reflect.get(window, 'heard').push(data))
    })
    await javascript(`globalThis.polluted = 1; Object.prototype.polluted = 1; try { postMessage('x', '*') } catch {}`)
    const state = await page.evaluate(() => [Reflect.get(window, 'heard'), Reflect.get({}, 'polluted')])
    expect(state).toEqual([[], undefined])
  })
})

describe('the page stays alive', () => {
  test('an endless loop leaves the page at full speed and stops in under 200 ms', async () => {
    const { aloneFps, besideLoopFps, stopMs, kind } = await page.evaluate(() => window.sandboxTests.measureLoop())
    expect(kind).toBe('stopped')
    expect(besideLoopFps).toBeGreaterThan(aloneFps * 0.7)
    expect(stopMs).toBeLessThan(200)
  })

  test('one giant line is cut at the limit', async () => {
    const { result, text } = await javascript(`console.log('x'.repeat(300_000_000))`, { outputBytes: 1000 })
    expect([result.kind, text.length]).toEqual(['output-limit', 1000])
  })

  test('a memory bomb ends typed, and the next run works', async () => {
    const bomb = `const kept = []; for (;;) kept.push(new Array(1e6).fill(kept.length))`
    const { result } = await javascript(bomb, { timeMs: 4000 })
    expect(['failed', 'crashed', 'timed-out']).toContain(result.kind)
    expect((await javascript(`console.log('alive')`)).text).toBe('alive\n')
  })

  test('a frame that never answers, or is not there, is unavailable with a reason', async () => {
    expect(await page.evaluate(() => window.sandboxTests.bootAt('/silent-frame'))).toBe('unavailable')
    expect(await page.evaluate(() => window.sandboxTests.bootAt('/nowhere'))).toBe('unavailable')
  })

  test('an engine of Python that cannot be compiled is said, and not waited for', async () => {
    const other = await opened.browser.newPage()
    await other.route('**/pyodide.asm.wasm', (route) =>
      route.fulfill({ contentType: 'application/wasm', body: 'no engine' }),
    )
    await other.goto(server.url)
    const told = await other.evaluate(() => window.sandboxTests.runOnce({ language: 'python', code: 'print(1)' }, {}))
    expect(JSON.stringify(told)).toContain('its engine could not be compiled')
    await other.close()
  })

  test('the choice names its backend and what another would give', async () => {
    expect(await page.evaluate(() => window.sandboxTests.choice())).toEqual({
      state: 'chosen',
      others: ['WebContainers'],
    })
  })
})
