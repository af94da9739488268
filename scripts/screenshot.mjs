// Makes docs/screens/<screen>-<theme>.png: twelve key screens of a fresh demo org at work, as a newcomer meets them. Wants
// the web app built. `node scripts/screenshot.mjs palette audit` makes only these.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { shrinkPng } from './shrink-png.mjs'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs', 'screens')
const note = join(root, 'node_modules', '.cache', 'delegraph', 'browser.json')
const found = existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')).executablePath : undefined
const executablePath = process.env.CHROMIUM_PATH ?? found
const size = { width: 1440, height: 900 }
const themes = ['light', 'dark']
const maxBytes = 150_000

/** In the order in which they are taken: the demo's opening work goes on meanwhile. */
const screens = {
  graph: async (page) => {
    await page.locator('[data-activity="working"]').first().waitFor()
  },
  trace: async (page) => {
    await select(page, 'Lead')
    await page.getByRole('tab', { name: 'Work', exact: true }).click()
    await page.getByRole('region', { name: 'Now' }).getByRole('button').first().click()
    await page.getByRole('region', { name: 'Steps' }).getByText('delegate_task').nth(2).waitFor()
    await editorIsThere(page)
  },
  prompt: async (page) => {
    await select(page, 'Researcher')
    await page.getByRole('tab', { name: 'Overview' }).click()
    await page.getByRole('tab', { name: /^Prompt/ }).click()
    await editorIsThere(page)
  },
  config: async (page) => {
    await page.getByRole('tab', { name: /^Config/ }).click()
    await page.getByRole('tab', { name: 'Overview' }).click()
    await page.locator('[aria-label="Editor"] :is(.monaco-editor .view-line, input, select)').first().waitFor()
  },
  move: async (page) => {
    await page.getByRole('region', { name: 'Guide' }).getByRole('button', { name: 'Show what that changes' }).click()
    await page.getByRole('dialog').getByText('Who can talk to whom').waitFor()
  },
  palette: async (page) => {
    await openPalette(page)
    await page.keyboard.type('re')
    await page.getByRole('dialog').getByRole('option').first().waitFor()
  },
  shortcuts: async (page) => {
    await page.keyboard.press('Control+\\')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  },
  notices: async (page) => {
    const guide = page.getByRole('region', { name: 'Guide' })
    await guide.getByRole('button', { name: '3. Stop a runaway' }).click()
    await guide.getByRole('button', { name: 'Start the runaway' }).click()
    await guide.getByText('Stopped:').waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: /^Notices/ }).click()
    await page.getByRole('dialog', { name: 'Notices' }).getByRole('listitem').first().waitFor()
  },
  templates: async (page) => {
    await command(page, 'Templates: start')
    await page.getByRole('dialog', { name: 'Templates' }).getByRole('radio').first().waitFor()
  },
  run: async (page) => {
    await page.getByRole('tab', { name: 'Run', exact: true }).click()
    await editorIsThere(page)
  },
  models: async (page) => {
    await command(page, 'Settings: Models')
    await page.getByRole('dialog', { name: 'Settings' }).getByRole('tabpanel').getByRole('button').first().waitFor()
  },
  audit: async (page) => {
    await page.getByRole('button', { name: 'Audit', exact: true }).click()
    await page.locator('main').getByText('Delegation completed').nth(1).waitFor()
  },
}

const wanted = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
for (const theme of themes) await withServer((signInUrl) => takeAll(theme, signInUrl))

async function takeAll(theme, signInUrl) {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const page = await browser.newPage({ viewport: size, colorScheme: theme, reducedMotion: 'reduce' })
  page.setDefaultTimeout(60_000)
  await page.goto(signInUrl)
  await page.getByRole('group', { name: 'Lead', exact: true }).waitFor()
  for (const [name, show] of Object.entries(screens)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    try {
      await show(page)
      // Nothing is pointed at, so no tooltip lies over the picture.
      await page.mouse.move(size.width / 2, size.height - 4)
      await page.waitForTimeout(400)
      await take(page, join(folder, `${name}-${theme}.png`))
    } catch (error) {
      console.error(`screenshot: ${name} in the ${theme} theme could not be taken: ${error.message.split('\n', 1)}`)
      process.exitCode = 1
    }
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
  }
  await browser.close()
}

async function take(page, path) {
  const small = shrinkPng(await page.screenshot({ animations: 'disabled' }))
  writeFileSync(path, small)
  console.error(
    `screenshot: ${path}${small.length > maxBytes ? ` is ${small.length} bytes, more than ${maxBytes}` : ''}`,
  )
}

async function select(page, name) {
  await page.getByRole('group', { name, exact: true }).click()
}

async function editorIsThere(page) {
  await page.locator('.monaco-editor .view-line').first().waitFor()
}

async function openPalette(page) {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').waitFor()
}

async function command(page, words) {
  await openPalette(page)
  await page.keyboard.type(words)
  await page.getByRole('dialog').getByRole('option', { name: words }).first().click()
}

async function withServer(use) {
  const dataDir = mkdtempSync(join(tmpdir(), 'delegraph-screenshot-'))
  const words = ['api/cli/main.ts', 'start', '--json', '--no-open', '--port', '0', '--data-dir', dataDir]
  const server = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [line] = await once(server.stdout, 'data')
    await use(JSON.parse(String(line)).signInUrl)
  } finally {
    server.kill('SIGTERM')
    await once(server, 'close')
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
  }
}
