import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The browser that set-up found: `CHROMIUM_PATH`, what it wrote down, or the system's own. */
export function findBrowser(): string {
  const noted = fileURLToPath(new URL('../../node_modules/.cache/delegraph/browser.json', import.meta.url))
  const candidates = [process.env.CHROMIUM_PATH, readNote(noted), '/usr/bin/chromium']
  const found = candidates.find((path) => path !== undefined && existsSync(path))
  if (found === undefined) throw new Error('No browser found. Set CHROMIUM_PATH to a Chromium or Chrome.')
  return found
}

function readNote(file: string): string | undefined {
  if (!existsSync(file)) return undefined
  const note: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (typeof note !== 'object' || note === null) return undefined
  return Object.values(note).find((value) => typeof value === 'string' && value.startsWith('/'))
}
