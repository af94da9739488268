// Makes docs/screenshot.png and docs/screenshot-dark.png: a fresh demo org at work, as a newcomer meets it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'

const root = join(import.meta.dirname, '..')
const note = join(root, 'node_modules', '.cache', 'delegraph', 'browser.json')
const found = existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')).executablePath : undefined
const executablePath = process.env.CHROMIUM_PATH ?? found
const size = { width: 1440, height: 900 }

for (const theme of ['light', 'dark']) {
  const file = join(root, 'docs', theme === 'light' ? 'screenshot.png' : 'screenshot-dark.png')
  await withServer(async ({ signInUrl }) => {
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    const page = await browser.newPage({ viewport: size, colorScheme: theme })
    await page.goto(signInUrl)
    await page.getByRole('group', { name: 'Lead', exact: true }).click()
    await page.getByRole('tab', { name: 'Work', exact: true }).click()
    await page.getByRole('region', { name: 'Now' }).getByRole('button').first().click()
    await page.getByRole('region', { name: 'Steps' }).getByText('delegate_task').nth(2).waitFor()
    await page.locator('.monaco-editor .view-line').first().waitFor()
    await page.screenshot({ path: file })
    await browser.close()
  })
  console.error(`screenshot: ${file}`)
}

async function withServer(use) {
  const dataDir = mkdtempSync(join(tmpdir(), 'delegraph-screenshot-'))
  const words = ['api/cli/main.ts', 'start', '--json', '--no-open', '--port', '0', '--data-dir', dataDir]
  const server = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [line] = await once(server.stdout, 'data')
    await use(JSON.parse(String(line)))
  } finally {
    server.kill('SIGTERM')
    await once(server, 'close')
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }
}
