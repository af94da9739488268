import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
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
 * ended; and Python from a browser that has never been here, and when one waits. Beside them a bare worker of the page.
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
    const { coldMs, warmMs, respawnMs, typescriptFirstMs, typescriptNextMs } = await inFreshBrowser(server.url, () =>
      window.sandboxTests.measureSpeed(),
    )
    const pythons: { coldMs: number; warmMs: number; warmMinMs: number }[] = []
    for (let round = 0; round < freshBrowsers; round++) {
      pythons.push(await inFreshBrowser(server.url, () => window.sandboxTests.measurePython()))
    }
    const bareWorkerMs = await inFreshBrowser(server.url, () => window.sandboxTests.measureBareWorker())
    const middle = (values: number[]) => percentile(values, 0.5)
    return {
      figures: {
        jsColdMs: rounded(coldMs),
        jsWarmMs: rounded(warmMs),
        killMs: rounded(respawnMs),
        tsFirstMs: rounded(typescriptFirstMs),
        tsNextMs: rounded(typescriptNextMs),
        pythonColdMs: middle(pythons.map((python) => python.coldMs)),
        pythonWarmMs: middle(pythons.map((python) => python.warmMs)),
        pythonWarmMinMs: middle(pythons.map((python) => python.warmMinMs)),
      },
      baseline: { bareWorkerMs: rounded(bareWorkerMs) },
    }
  } finally {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function inFreshBrowser<T>(url: string, measure: () => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags })
  try {
    const page = await browser.newPage()
    await page.goto(url)
    return await page.evaluate(measure)
  } finally {
    await browser.close()
  }
}
