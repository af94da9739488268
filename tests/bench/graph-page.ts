import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, CDPSession, Page } from '@playwright/test'
import { build, preview } from 'vite'
import { graphEvents } from './graph-events.ts'
import { hold } from './graph-gestures.ts'

const web = fileURLToPath(new URL('../../web', import.meta.url))
const config = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))
const page = 'graph/testing/bench.html'

export type GraphPage = { url: string; stop: () => Promise<void> }

/** Builds the page that the graph is measured on, and serves it. */
export async function serveGraphPage(): Promise<GraphPage> {
  const outDir = await mkdtemp(join(tmpdir(), 'delegraph-graph-bench-'))
  await build({
    configFile: config,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: join(web, page) } },
  })
  const server = await preview({
    configFile: config,
    // Behind this page there are only events; what else it asks for is answered by nobody.
    logLevel: 'silent',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
    plugins: [
      { name: 'graph-events', configurePreviewServer: ({ middlewares }) => void middlewares.use(graphEvents()) },
    ],
  })
  const url = server.resolvedUrls?.local[0]
  if (url === undefined) throw new Error('The preview server has no address.')
  const stop = async () => {
    await server.close()
    await rm(outDir, { recursive: true, force: true })
  }
  return { url: `${url}${page}`, stop }
}

export type GraphMode = 'live' | 'overview' | 'open' | 'count' | 'naive'

/** The page in a mode, with so many workspaces, its first picture shown. */
export async function openGraph(browser: Browser, url: string, mode: GraphMode, cards = 1_000): Promise<Page> {
  const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await tab.goto(`${url}?mode=${mode}&cards=${cards}`)
  const shown = mode === 'naive' ? '.react-flow__node' : 'html[data-open-ms]'
  await tab.waitForSelector(shown, { state: 'attached', timeout: 30_000 })
  return tab
}

/** CPU of the page's own thread per frame drawn, in milliseconds, while `during` goes on. */
export async function cpuPerFrame(tab: Page, during: (tab: Page) => Promise<void>): Promise<number> {
  const session = await tab.context().newCDPSession(tab)
  // Time on the processor, so that others on this machine do not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = { cpu: await taskSeconds(session), frames: await framesOf(tab) }
  await during(tab)
  const after = { cpu: await taskSeconds(session), frames: await framesOf(tab) }
  await session.detach()
  return ((after.cpu - before.cpu) * 1000) / Math.max(1, after.frames - before.frames)
}

/** How many components one change of a status renders at most, over a whole life of a delegation. */
export async function rendersPerChange(tab: Page): Promise<number> {
  await tab.waitForSelector('html[data-connection="live"] [data-workspace-id]')
  let most = 0
  for (let change = 0; change < 10; change += 1) {
    await tab.evaluate(() => window.dispatchEvent(new Event('bench-change')))
    await tab.waitForSelector('html:not([data-most-renders="0"])', { state: 'attached' })
    // The frame that flushed the change, and the one that React may commit more of it in.
    await twoFrames(tab)
    most = Math.max(most, await mostRenders(tab))
  }
  return most
}

/** How many components one step of a drag renders at most: no more than the frames of the cards that are held. */
export async function rendersPerDragStep(tab: Page): Promise<number> {
  const { x, y } = await hold(tab)
  await twoFrames(tab)
  await tab.evaluate(() => window.dispatchEvent(new Event('bench-forget')))
  for (let step = 1; step <= 10; step += 1) {
    await tab.mouse.move(x + step, y + step)
    await twoFrames(tab)
  }
  return await mostRenders(tab)
}

/** The components of the largest commit since they were last forgotten: at first, of the opening. */
export async function mostRenders(tab: Page): Promise<number> {
  return Number(await tab.locator('html').getAttribute('data-most-renders'))
}

async function twoFrames(tab: Page): Promise<void> {
  await tab.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  )
}

async function framesOf(tab: Page): Promise<number> {
  return Number(await tab.evaluate('window.bench.frames'))
}

/** Waits until the page draws on, so that what is measured is no longer its beginning. */
export async function untilFrames(tab: Page, frames: number): Promise<void> {
  await tab.waitForFunction(`window.bench.frames > ${frames}`)
}

/** How many events a second the page heard while `during` went on. */
export async function heardPerSecond(tab: Page, during: (tab: Page) => Promise<void>): Promise<number> {
  const seq = async () => Number(await tab.evaluate('window.bench.seq()'))
  const [before, began] = [await seq(), performance.now()]
  await during(tab)
  return ((await seq()) - before) / ((performance.now() - began) / 1_000)
}

export async function openedIn(tab: Page): Promise<number> {
  return Number(await tab.locator('html').getAttribute('data-open-ms'))
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
}
