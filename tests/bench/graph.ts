import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CDPSession, chromium, type Page } from '@playwright/test'
import { build, preview } from 'vite'
import { browserFlags, findBrowser } from '../support/find-browser.ts'

const web = fileURLToPath(new URL('../../web', import.meta.url))
const config = fileURLToPath(new URL('../../vite.config.ts', import.meta.url))
const page = 'graph/testing/bench.html'

const settleMs = 4_000
const measureMs = 5_000

export type GraphBench = {
  figures: { eventsCpuMs: number; overviewCpuMs: number; panCpuMs: number; naiveCpuMs: number; timesLess: number }
  baseline: { naiveCpuMs: number }
}

/** Main-thread CPU per frame at 1,000 workspaces and 400 status changes a second: ours, and the naive way in the same run. */
export async function runGraphBench(): Promise<GraphBench> {
  const outDir = await mkdtemp(join(tmpdir(), 'delegraph-graph-bench-'))
  await build({
    configFile: config,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: join(web, page) } },
  })
  const server = await preview({
    configFile: config,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  })
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags })
  try {
    const url = server.resolvedUrls?.local[0]
    if (url === undefined) throw new Error('The preview server has no address.')
    const measureMode = async (mode: string, during: (page: Page) => Promise<void>) => {
      const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await tab.goto(`${url}${page}?mode=${mode}`)
      await tab.waitForTimeout(settleMs)
      const cpu = await cpuPerFrame(tab, during)
      await tab.close()
      return cpu
    }
    const eventsCpuMs = await measureMode('live', rest)
    const panCpuMs = await measureMode('live', pan)
    const overviewCpuMs = await measureMode('overview', rest)
    const naiveCpuMs = await measureMode('naive', rest)
    const timesLess = rounded(naiveCpuMs / eventsCpuMs)
    return { figures: { eventsCpuMs, overviewCpuMs, panCpuMs, naiveCpuMs, timesLess }, baseline: { naiveCpuMs } }
  } finally {
    await browser.close()
    await server.close()
    await rm(outDir, { recursive: true, force: true })
  }
}

async function cpuPerFrame(tab: Page, during: (page: Page) => Promise<void>): Promise<number> {
  const session = await tab.context().newCDPSession(tab)
  await session.send('Performance.enable')
  const before = { cpu: await taskSeconds(session), frames: await framesOf(tab) }
  await during(tab)
  const after = { cpu: await taskSeconds(session), frames: await framesOf(tab) }
  return rounded(((after.cpu - before.cpu) * 1000) / Math.max(1, after.frames - before.frames))
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
}

async function framesOf(tab: Page): Promise<number> {
  return Number(await tab.locator('html').getAttribute('data-frames'))
}

async function rest(tab: Page): Promise<void> {
  await tab.waitForTimeout(measureMs)
}

async function pan(tab: Page): Promise<void> {
  const end = Date.now() + measureMs
  await tab.mouse.move(720, 450)
  for (let step = 0; Date.now() < end; step += 1) {
    await tab.mouse.wheel(step % 60 < 30 ? 12 : -12, 0)
    await tab.waitForTimeout(16)
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
