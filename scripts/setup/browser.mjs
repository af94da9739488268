import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { browserNote, carriedNode, modules, root } from './place.mjs'
import { lastLines, run } from './run.mjs'
import { SetupError, telling } from './speech.mjs'

/** Finds a Chromium for the browser tests, installs one where that can be done unasked, and notes where it is. */
export async function findBrowser() {
  const executablePath =
    named() ?? installed() ?? (await playwrights()) ?? (await fromDebian()) ?? (await fromPlaywright())
  if (!executablePath) {
    throw new SetupError(
      'The browser tests need Chromium or Chrome, and none was found.',
      'Install one (Debian: apt-get install chromium; macOS: brew install --cask chromium), or set CHROMIUM_PATH to its program.',
    )
  }
  const text = `${JSON.stringify({ executablePath })}\n`
  if (existsSync(browserNote) && readFileSync(browserNote, 'utf8') === text) return
  mkdirSync(dirname(browserNote), { recursive: true })
  writeFileSync(browserNote, text)
}

function named() {
  const path = process.env.CHROMIUM_PATH
  if (!path) return undefined
  if (existsSync(path)) return path
  throw new SetupError(
    `CHROMIUM_PATH names ${path}, which does not exist.`,
    'Set it to a Chromium or Chrome program, or unset it.',
  )
}

function installed() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const programs = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(
    Boolean,
  )
  return [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...programs.map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
  ].find((path) => existsSync(path))
}

/** The one Playwright keeps in its own cache, if it has been downloaded. */
async function playwrights() {
  const ask = "console.log(require('playwright-core').chromium.executablePath())"
  const { code, output } = await run(carriedNode, ['-e', ask], { cwd: root })
  const path = output.trim()
  return code === 0 && existsSync(path) ? path : undefined
}

async function fromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined
  return telling('Installing Chromium with apt-get', async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const update = await run('apt-get', ['update', '-q'], { env })
    const install = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { env })
    if (install.code === 0) return installed()
    const said = lastLines(`${update.output}\n${install.output}`, 10)
    throw new SetupError(
      `apt-get could not install Chromium.\n${said}`,
      'Put that right, or set CHROMIUM_PATH to a browser.',
    )
  })
}

async function fromPlaywright() {
  return telling("Downloading Playwright's Chromium", async () => {
    const cli = join(modules, 'playwright-core', 'cli.js')
    const { code } = await run(carriedNode, [cli, 'install', 'chromium'], { cwd: root, timeout: 300_000 })
    return code === 0 ? playwrights() : undefined
  })
}
