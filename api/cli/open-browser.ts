import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Opens the sign-in link where there is a desktop. The link goes through a file that only this user may read: everyone on
 * the machine can read the arguments of a program. Gives the removal of the file; it goes by itself after a minute.
 */
export function openBrowser(dataDir: string, signInUrl: string): () => void {
  const opener = desktopOpener()
  if (!opener) return () => {}
  const file = join(dataDir, `sign-in-${randomUUID()}.html`)
  writeFileSync(file, redirectPage(signInUrl), { mode: 0o600, flag: 'wx' })
  const remove = () => rmSync(file, { force: true })
  setTimeout(remove, 60_000).unref()
  spawn(opener.program, [...opener.args, pathToFileURL(file).href], { stdio: 'ignore', detached: true })
    // No browser is no fault: the link is in the terminal.
    .on('error', remove)
    .unref()
  return remove
}

function desktopOpener(): { program: string; args: string[] } | undefined {
  if (process.env.CI || process.env.SSH_CONNECTION) return undefined
  if (process.platform === 'darwin') return { program: 'open', args: [] }
  if (process.platform === 'win32') return { program: 'rundll32', args: ['url.dll,FileProtocolHandler'] }
  if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return { program: 'xdg-open', args: [] }
  return undefined
}

function redirectPage(url: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Delegraph</title><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${url}"><a href="${url}">Sign in</a>\n`
}
