import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hostileCases } from '../hostile-suite.ts'
import { openTestPage, type TestPage } from '../testing/open-test-page.ts'
import { type Canary, serveCanary } from '../testing/serve-canary.ts'
import { createFrameWorker } from './frame-worker.ts'

const { capabilities } = createFrameWorker({ frameUrl: '/sandbox-frame' })
const secret = 'canary-7c1f5e'

let opened: TestPage
let canary: Canary

beforeAll(async () => {
  canary = await serveCanary(secret)
  opened = await openTestPage()
  await opened.page.evaluate((text) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie is the bait
    document.cookie = `bait=${text}`
    localStorage.setItem('bait', text)
    document.title = text
    Object.assign(window, { heard: [] })
    addEventListener('message', ({ data }) => Reflect.get(window, 'heard').push(data))
  }, secret)
})

afterAll(async () => {
  await opened?.close()
  await canary?.close()
})

describe('the frame-worker stands every attack', () => {
  test.each(hostileCases(capabilities).map(({ name }) => name))('%s', async (name) => {
    const { page, server, browser } = opened
    const canaries = { url: canary.url, app: server.url, secret }
    await page.evaluate(([each, given]) => window.sandboxTests.attack(each, given), [name, canaries] as const)
    expect(canary.heard).toEqual([])
    expect(server.leaks).toEqual([])
    const left = await page.evaluate(() => [document.title, Reflect.get(window, 'heard'), localStorage.length])
    expect([page.url(), ...left]).toEqual([server.url, secret, [], 1])
    expect(browser.contexts().flatMap((context) => context.pages())).toHaveLength(1)
  })
})
