import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { contractCases } from '../contract-suite.ts'
import { standInTargets } from '../hostile/stand-in.ts'
import { hostileCases } from '../hostile-suite.ts'
import { type StandIn, serveStandIn } from '../testing/container-stand-in/serve.ts'
import { findBrowser } from '../testing/find-browser.ts'
import type { ContainerTests } from '../testing/page/containers.ts'
import { servePage, type TestServer } from '../testing/serve-page.ts'
import { createWebContainers } from './web-container.ts'

declare global {
  interface Window {
    containerTests: ContainerTests
  }
}

/**
 * The vendor's runtime cannot be booted without its host. What is proven here is our adapter, over the wire protocol of its
 * package, against a stand-in that has Node on this machine do the work.
 */
const { capabilities } = createWebContainers({})

let folder: string
let browser: Browser
let standIn: StandIn
let server: TestServer
let page: Page

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'delegraph-container-'))
  const root = fileURLToPath(new URL('../testing/page', import.meta.url))
  await build({
    ...{ root, configFile: false, logLevel: 'error', worker: { format: 'es' } },
    build: {
      ...{ outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, target: 'es2023', reportCompressedSize: false },
      rolldownOptions: { input: [join(root, 'containers.html'), join(root, 'stand-in.html')] },
    },
  })
  standIn = await serveStandIn(folder)
  server = await servePage(folder, '', [standIn.url])
  browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  })
  page = await openPage(standIn.url)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  await standIn?.close()
  await rm(folder, { recursive: true, force: true })
})

async function openPage(host: string, waitMs = 10_000): Promise<Page> {
  const opened = await browser.newPage()
  await opened.goto(`${server.url}containers.html?host=${encodeURIComponent(host)}&wait=${waitMs}`)
  return opened
}

async function ownStandIn(mode: string): Promise<{ host: StandIn; own: TestServer }> {
  const host = await serveStandIn(folder, mode)
  const own = await servePage(folder, '', [host.url])
  onTestFinished(async () => {
    await own.close()
    await host.close()
  })
  return { host, own }
}

describe('the adapter of WebContainers keeps the contract, over its wire protocol', () => {
  test.each(contractCases(capabilities).map(({ name }) => name))('%s', async (name) => {
    await page.evaluate((each) => window.containerTests.runCase(each), name)
  })
})

describe('the adapter ends what attacks its time; the walls themselves are the vendor’s', () => {
  const attacks = hostileCases(capabilities, standInTargets).map(({ name }) => name)
  const others = hostileCases(capabilities).length - attacks.length
  process.stdout.write(`skipped: ${others} attacks on WebContainers’ own walls: a stand-in has none\n`)

  test.each(attacks)('%s', async (name) => {
    const canaries = { url: standIn.url, app: server.url, secret: 'canary-7c1f5e' }
    await page.evaluate(([each, given]) => window.containerTests.attack(each, given), [name, canaries] as const)
  })
})

test('sessions leave no process and no file behind, and share the one container', async () => {
  expect(await page.evaluate(() => window.containerTests.frames())).toBe(1)
  await expect.poll(() => standIn.running()).toBe(0)
  await expect.poll(() => readdir(standIn.home)).toEqual([])
})

test('a project’s server answers in an origin of its own, its files come back without packages, and it ends with the session', async () => {
  const { url, heard, log, left, exit } = await page.evaluate(() => window.containerTests.project())
  expect(new URL(url).origin).not.toBe(new URL(server.url).origin)
  expect([heard, log, left, exit]).toEqual([
    'ready\n',
    'listening',
    ['out/log.txt', 'package.json', 'src/server.js'],
    137,
  ])
  await expect.poll(() => standIn.running()).toBe(0)
})

test('beside a file the container did not take nothing runs, and the run says which', async () => {
  const { first, next } = await page.evaluate(() => window.containerTests.besideImpossibleFile())
  expect(first).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('did not take lib/add.js') })
  expect(next).toBe('completed')
})

test('a snippet that serves is not ended by its clock', async () => {
  expect(await page.evaluate(() => window.containerTests.serveLong())).toEqual({
    first: 'still here\n',
    kind: 'stopped',
  })
})

test('what is printed before a loop without end is heard, more than a pipe holds too', async () => {
  const printed = 500_000
  expect(await page.evaluate((each) => window.containerTests.printAndSpin(each), printed)).toEqual({
    kind: 'timed-out',
    heard: printed,
  })
})

test.each(['nothing', 'a shell'] as const)(
  'beside %s a snippet’s server is heard of, and gone with its run',
  async (beside) => {
    expect(await page.evaluate((each) => window.containerTests.serveAndStop(each), beside)).toEqual({
      kind: 'stopped',
      heard: [0, 1, 0],
    })
  },
)

test('a program that begins to serve neither lifts the limit of the run beside it nor ends with it', async () => {
  expect(await page.evaluate(() => window.containerTests.loopBesideServer())).toEqual({
    order: ['serves', 'timed-out'],
    left: 1,
  })
})

test('what a program wrote the moment before is there for who asks to catch up', async () => {
  expect(await page.evaluate(() => window.containerTests.catchUp())).toBe('now')
})

test('a shell takes what is typed and says how it ended', async () => {
  const { text, exit } = await page.evaluate(() => window.containerTests.shell('echo "a $((1 + 2))"'))
  expect([text, exit]).toEqual(['a 3\n', 7])
})

test('a host that never answers is not waited for, and says so', async () => {
  const { host, own } = await ownStandIn('silent')
  const lonely = await browser.newPage()
  await lonely.goto(`${own.url}containers.html?host=${encodeURIComponent(host.url)}&wait=300`)
  const first = await lonely.evaluate(() => window.containerTests.boot())
  expect(first).toEqual({
    state: 'unavailable',
    reason: `${new URL(host.url).host} did not answer within 0.3 s.`,
  })
  const again = await lonely.evaluate(() => window.containerTests.boot())
  expect(again.state).toBe('unavailable')
  expect(await lonely.evaluate(() => window.containerTests.frames())).toBe(1)
  await lonely.close()
})

test('a host that answers late is told of, and used from then on', async () => {
  const { host, own } = await ownStandIn('late=1500')
  const slow = await browser.newPage()
  await slow.goto(`${own.url}containers.html?host=${encodeURIComponent(host.url)}&wait=300`)
  expect(await slow.evaluate(() => window.containerTests.boot())).toMatchObject({ state: 'unavailable' })
  await expect.poll(() => slow.evaluate(() => window.containerTests.late()), { timeout: 15_000 }).toBe(1)
  expect(await slow.evaluate(() => window.containerTests.boot())).toMatchObject({ state: 'ready' })
  await slow.close()
})

test('what is built in is chosen at once, and the containers take over where they answered', async () => {
  const [first, then] = await page.evaluate(() => window.containerTests.choices())
  expect(first?.runs).toEqual(['frame-worker', 'frame-worker'])
  expect(first?.others).toMatchObject([{ name: 'WebContainers', whyNot: expect.stringContaining('being asked') }])
  expect(then).toEqual({ runs: ['WebContainers', 'frame-worker'], others: [] })
})

test.each(['by hand', 'when the page comes online'] as const)(
  'a host that could not be reached is asked again %s, and takes over',
  async (how) => {
    const { host, own } = await ownStandIn('')
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    await context.route(`${host.url}/**`, (route) => route.abort('internetdisconnected'))
    const apart = await context.newPage()
    await apart.goto(`${own.url}containers.html?host=${encodeURIComponent(host.url)}&wait=1500`)
    const whyNot = await apart.evaluate(() => window.containerTests.search())
    expect(whyNot).toContain('did not answer within 1.5 s')

    await context.unroute(`${host.url}/**`)
    if (how === 'by hand') await apart.evaluate(() => window.containerTests.askAgain())
    else {
      await context.setOffline(true)
      await context.setOffline(false)
    }
    expect(await apart.evaluate(() => window.containerTests.recovered())).toEqual({
      runs: ['WebContainers', 'frame-worker'],
      others: [],
    })
  },
)

test('torn down with all that was in it, it can be started anew', async () => {
  await page.evaluate(() => window.containerTests.shell('echo 1 > ../beside-the-sessions.txt'))
  expect(await readdir(standIn.home)).toContain('beside-the-sessions.txt')
  await page.evaluate(() => window.containerTests.close())
  const { text } = await page.evaluate(() => window.containerTests.shell('ls ..'))
  expect(text).toMatch(/^session-\d+\n$/)
})

const isLive = process.env.WEBCONTAINER_LIVE === '1'
if (!isLive)
  process.stdout.write('skipped: WebContainers themselves: WEBCONTAINER_LIVE=1 and a way to their host are needed\n')

describe.skipIf(!isLive)('the vendor’s own runtime', () => {
  test('says hello', { timeout: 60_000 }, async () => {
    const host = 'https://stackblitz.com'
    const own = await servePage(folder, '', [host, 'https://*.webcontainer.io', 'https://*.webcontainer-api.io'])
    onTestFinished(() => own.close())
    const live = await browser.newPage()
    await live.goto(`${own.url}containers.html?host=${encodeURIComponent(host)}&wait=30000`)
    expect(await live.evaluate(() => window.containerTests.probe())).toEqual({ state: 'available' })
    for (const { name } of contractCases(capabilities).slice(0, 3)) {
      await live.evaluate((each) => window.containerTests.runCase(each), name)
    }
  })
})
