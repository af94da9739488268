import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { findBrowser } from './find-browser.ts'
import type { SandboxTests } from './page/main.ts'
import { probeScript } from './probe-script.ts'
import { servePage, type TestServer } from './serve-page.ts'

declare global {
  interface Window {
    sandboxTests: SandboxTests
  }
}

export type TestPage = {
  readonly page: Page
  readonly browser: Browser
  readonly server: TestServer
  close(): Promise<void>
}

/** The sandbox's own test page, built and served with the product's headers, in a browser of its own. */
export async function openTestPage(): Promise<TestPage> {
  const folder = await mkdtemp(join(tmpdir(), 'delegraph-sandbox-'))
  const root = fileURLToPath(new URL('./page', import.meta.url))
  const output = {
    outDir: folder,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2023',
    reportCompressedSize: false,
  }
  await build({ root, configFile: false, logLevel: 'error', worker: { format: 'es' }, build: output })
  const server = await servePage(folder, probeScript)
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  })
  const page = await browser.newPage()
  await page.goto(server.url)
  return {
    page,
    browser,
    server,
    async close() {
      await browser.close()
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
