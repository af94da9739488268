import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { findBrowser } from '#sandbox/testing/find-browser.ts'

export type OpenedScript = {
  /** An empty page in which the script has begun. */
  newPage(): Promise<Page>
  close(): Promise<void>
}

/** Builds a script of ours and opens a browser for it: for what only a browser can tell, as what a hook does. */
export async function openScript(script: URL): Promise<OpenedScript> {
  const content = await bundle(fileURLToPath(script))
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  })
  return {
    async newPage() {
      const page = await browser.newPage()
      await page.addScriptTag({ content, type: 'module' })
      return page
    },
    close: () => browser.close(),
  }
}

async function bundle(entry: string): Promise<string> {
  const built = await build({
    ...{ configFile: false, publicDir: false, logLevel: 'error' },
    build: { write: false, rolldownOptions: { input: entry } },
  })
  const [chunk] = 'output' in built ? built.output : []
  if (!chunk) throw new Error(`Nothing was built of ${entry}.`)
  return chunk.code
}
