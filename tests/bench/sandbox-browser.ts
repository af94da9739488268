import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import type { SandboxTests } from '#sandbox/testing/page/main.ts'
import { servePage } from '#sandbox/testing/serve-page.ts'
import { browserFlags, findBrowser } from '../support/find-browser.ts'
import type { Bench } from './bench.ts'
import { percentile, rounded } from './statistics.ts'

declare global {
  interface Window {
    sandboxTests: SandboxTests
  }
}

const freshBrowsers = 3

/**
 * On a page with the product's headers: a first run, a run when a worker waits, killing what loops until the next run has
 * ended; Python from a browser that has never been here, once that has started and while it still does (`pythonAtOnceMs`), and
 * when one waits; and the memory each place takes while it waits.
 * Beside them a bare worker of the page, and one in a frame walled off as ours are, with a word
 * to it and back (`bareEchoMs`): what the browser takes by itself.
 */
export async function runBrowserSandboxBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'delegraph-sandbox-bench-'))
  const root = fileURLToPath(new URL('../../sandbox/testing/page', import.meta.url))
  const output = {
    outDir: folder,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2023',
    reportCompressedSize: false,
  }
  await build({ root, configFile: false, logLevel: 'error', worker: { format: 'es' }, build: output })
  const server = await servePage(folder, '')
  try {
    const { coldMs, warmMs, warmMinMs, respawnMs, typescriptFirstMs, typescriptNextMs } = await inFreshBrowser(
      server.url,
      (page) => page.evaluate(() => window.sandboxTests.measureSpeed()),
    )
    const pythons: { coldMs: number; warmMs: number; warmMinMs: number }[] = []
    for (let round = 0; round < freshBrowsers; round++) {
      pythons.push(await inFreshBrowser(server.url, (page) => page.evaluate(() => window.sandboxTests.measurePython())))
    }
    const atOnce: number[] = []
    for (let round = 0; round < freshBrowsers; round++) {
      atOnce.push(
        await inFreshBrowser(server.url, (page) => page.evaluate(() => window.sandboxTests.measurePythonAtOnce())),
      )
    }
    const bareWorkerMs = await inFreshBrowser(server.url, (page) =>
      page.evaluate(() => window.sandboxTests.measureBareWorker()),
    )
    const bareFrame = await inFreshBrowser(server.url, (page) =>
      page.evaluate(() => window.sandboxTests.measureBareFrame()),
    )
    const memory = await inFreshBrowser(server.url, measureMemory)
    const middle = (values: number[]) => percentile(values, 0.5)
    return {
      figures: {
        jsColdMs: rounded(coldMs),
        jsWarmMs: rounded(warmMs),
        jsWarmMinMs: rounded(warmMinMs),
        killMs: rounded(respawnMs),
        tsFirstMs: rounded(typescriptFirstMs),
        tsNextMs: rounded(typescriptNextMs),
        pythonColdMs: middle(pythons.map((python) => python.coldMs)),
        pythonColdMinMs: Math.min(...pythons.map((python) => python.coldMs)),
        pythonAtOnceMs: middle(atOnce),
        pythonWarmMs: middle(pythons.map((python) => python.warmMs)),
        pythonWarmMinMs: middle(pythons.map((python) => python.warmMinMs)),
        frameMemoryMb: rounded(memory.frame),
        compilerMemoryMb: rounded(memory.compiler),
        pythonMemoryMb: rounded(memory.python),
      },
      baseline: {
        bareWorkerMs: rounded(bareWorkerMs),
        bareFrameMs: rounded(bareFrame.startMs),
        bareEchoMs: rounded(bareFrame.echoMs),
        bareWorkerMemoryMb: rounded(memory.bareWorker),
      },
    }
  } finally {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What each place adds to the browser's memory, shared pages counted by their share; zero where the system does not tell. */
async function measureMemory(page: Page): Promise<Record<'bareWorker' | 'frame' | 'compiler' | 'python', number>> {
  const added = async (open: () => Promise<void>) => {
    const before = await megabytesOf(page)
    await open()
    return Math.max(0, (await megabytesOf(page)) - before)
  }
  return {
    bareWorker: await added(() => page.evaluate(() => window.sandboxTests.holdBareWorker())),
    frame: await added(() => page.evaluate(() => window.sandboxTests.hold('javascript'))),
    compiler: await added(() => page.evaluate(() => window.sandboxTests.hold('typescript'))),
    python: await added(() => page.evaluate(() => window.sandboxTests.hold('python'))),
  }
}

async function megabytesOf(page: Page): Promise<number> {
  const browser = page.context().browser()
  if (browser === null) return 0
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const sizes = processInfo.map(async ({ id }) => {
    const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '')
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0)
  })
  return (await Promise.all(sizes)).reduce((sum, kilobytes) => sum + kilobytes, 0) / 1024
}

async function inFreshBrowser<T>(url: string, measure: (page: Page) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags })
  try {
    const page = await browser.newPage()
    await page.goto(url)
    return await measure(page)
  } finally {
    await browser.close()
  }
}
