import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const note = join(import.meta.dirname, '../../node_modules/.cache/delegraph/browser.json')

/** The Chromium that was given, else the one the set-up found; nothing leaves the choice to Playwright. */
export function findBrowser(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  if (existsSync(note)) return String(JSON.parse(readFileSync(note, 'utf8')).executablePath)
  return existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined
}

export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
