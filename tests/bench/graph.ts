import { chromium, type Page } from '@playwright/test'
import { browserFlags, findBrowser } from '../support/find-browser.ts'
import { drag, hold, pan, rest } from './graph-gestures.ts'
import {
  cpuPerFrame,
  type GraphMode,
  heardPerSecond,
  openedIn,
  openGraph,
  rendersPerChange,
  serveGraphPage,
} from './graph-page.ts'

const settleMs = 2_500
const measureMs = 1_200
const rounds = 5

export type GraphBench = {
  figures: {
    eventsCpuMs: number
    eventsPanCpuMs: number
    dragCpuMs: number
    overview3000CpuMs: number
    naiveCpuMs: number
    timesLess: number
    open1000Ms: number
    rendersPerChange: number
    eventsPerSecond: number
  }
  baseline: { naiveCpuMs: number }
}

/**
 * Main-thread CPU per frame at 1,000 workspaces and 400 status changes a second, and at 3,000 from afar: ours, and the naive
 * way in the same run. Each figure is the median of five short measurements.
 */
export async function runGraphBench(): Promise<GraphBench> {
  const page = await serveGraphPage()
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags })
  const within = async <T>(mode: GraphMode, cards: number, measure: (tab: Page) => Promise<T>) => {
    const tab = await openGraph(browser, page.url, mode, cards)
    try {
      await tab.waitForTimeout(mode === 'open' || mode === 'count' ? 0 : settleMs)
      return await measure(tab)
    } finally {
      await tab.close()
    }
  }
  try {
    const openTimes: number[] = []
    for (let round = 0; round < rounds; round += 1) openTimes.push(await within('open', 1_000, openedIn))
    const live = await within('live', 1_000, async (tab) => {
      const eventsPerSecond = rounded(await heardPerSecond(tab, rest(measureMs)))
      const eventsCpuMs = await medianOf(() => cpuPerFrame(tab, rest(measureMs)))
      const eventsPanCpuMs = await medianOf(() => cpuPerFrame(tab, pan(measureMs)))
      await hold(tab)
      const dragCpuMs = await medianOf(() => cpuPerFrame(tab, drag(measureMs)))
      return { eventsCpuMs, eventsPanCpuMs, dragCpuMs, eventsPerSecond }
    })
    const naiveCpuMs = await within('naive', 1_000, (tab) => medianOf(() => cpuPerFrame(tab, rest(measureMs))))
    const overview3000CpuMs = await within('overview', 3_000, (tab) =>
      medianOf(() => cpuPerFrame(tab, rest(measureMs))),
    )
    const renders = await within('count', 1_000, rendersPerChange)
    const timesLess = rounded(naiveCpuMs / live.eventsCpuMs)
    const opened = { open1000Ms: median(openTimes), rendersPerChange: renders }
    return {
      figures: { ...live, overview3000CpuMs, naiveCpuMs, timesLess, ...opened },
      baseline: { naiveCpuMs },
    }
  } finally {
    await browser.close()
    await page.stop()
  }
}

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const values: number[] = []
  for (let round = 0; round < rounds; round += 1) values.push(await measure())
  return median(values)
}

function median(values: readonly number[]): number {
  return rounded(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN)
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
