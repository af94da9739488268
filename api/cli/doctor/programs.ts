import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { chooseServerSandbox, closeServerSandbox, countLeftOvers, listServerSandboxes } from '#sandbox/server/choose.ts'
import { pythonFile } from '#sandbox/server/python-files.ts'
import type { BackendName } from '#sandbox/server/settings.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { sandboxSettings } from '../../kernel/http/sandbox-settings.ts'

const root = resolve(import.meta.dirname, '..', '..', '..')

export function checkNode(): string {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 24) return process.version
  throw missing(`${process.version}, and the server needs 24`, 'Start it with `npm start`, which brings Node 24.')
}

export function checkNpm(): Promise<string> {
  return versionOf('npm', ['--version'], 'Install Node from https://nodejs.org; npm comes with it.')
}

export function checkWebApp(): string {
  if (existsSync(join(root, 'dist', 'web', 'index.html'))) return 'built'
  throw missing('not built', 'Run: npm run build')
}

export async function checkBrowser(): Promise<string> {
  const path = process.env.CHROMIUM_PATH ?? notedBrowser()
  const fix = 'Run `npm test` once, which finds or installs one; or set CHROMIUM_PATH to a Chromium or Chrome.'
  if (path) return versionOf(path, ['--version'], fix)
  return anyOf(['chromium', 'chromium-browser', 'google-chrome'], fix)
}

/** Where agents' programs would run here, found by confining one. */
export async function checkSandbox(): Promise<string> {
  const choice = await chooseServerSandbox()
  if (choice.state === 'none') throw missing('agents cannot run code on this machine', choice.reason)
  const { name, capabilities } = choice.sandbox
  const found = `${name}: ${capabilities.languages.join(', ')}`
  if (!capabilities.processes) throw missing(`${found}; it only computes`, choice.why)
  return `${found}; ${capabilities.network === false ? 'no network' : 'network only to listed hosts'}`
}

/** One of the places where code of agents can run: that it can be used and what keeps the code in, or how to get it. */
export async function checkBackend(name: BackendName): Promise<string> {
  backends ??= listServerSandboxes().finally(closeServerSandbox)
  const report = (await backends).find((each) => each.name === name)
  if (report?.isUsable) {
    const left = name === 'docker' ? await countLeftOvers() : 0
    const also = left > 0 ? `; ${left} left over by a server that was killed, removed when one starts` : ''
    return `usable${report.isChosen ? ', and chosen' : ''}: ${report.gives}${also}`
  }
  throw missing('not usable', report?.words ?? '')
}

let backends: ReturnType<typeof listServerSandboxes> | undefined

/** Where snippets run, in the browser of whoever presses Run: it needs the web app alone, and Python its prepared memory. */
export function checkPageSandbox(): string {
  const found = 'frame-worker: javascript, typescript, python'
  if (pythonFile('snapshot.bin') !== undefined) return found
  throw missing(`${found}, but Python starts slowly: its memory is not prepared`, 'Run: node scripts/setup.mjs start')
}

/** Node with npm and a terminal in the browser: for whoever wants it, for it loads code of another company. */
export function checkWebContainers(): string {
  const { webContainers } = sandboxSettings(process.env)
  if (webContainers)
    return `on, from ${new URL(webContainers.hostUrl).host}; whether a browser reaches it, its Run pane says`
  const fix = 'Start the server with DELEGRAPH_WEBCONTAINERS=on, or with the address of a host of your own.'
  throw missing('off: no npm, terminal or Node in the browser', fix)
}

export function checkGit(): Promise<string> {
  return versionOf('git', ['--version'], 'Install git from https://git-scm.com.')
}

async function anyOf(programs: readonly string[], fix: string): Promise<string> {
  for (const program of programs) {
    const version = await versionOf(program, ['--version'], fix).catch(() => undefined)
    if (version) return version
  }
  throw missing('none found', fix)
}

async function versionOf(program: string, args: string[], fix: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, args, {
      timeout: 10_000,
      shell: process.platform === 'win32',
    })
    return stdout.trim().split('\n')[0] ?? ''
  } catch (cause) {
    throw missing(`${program} does not run`, fix, cause)
  }
}

/** Where the test set-up noted the browser it found. */
function notedBrowser(): string | undefined {
  const note = join(root, 'node_modules', '.cache', 'delegraph', 'browser.json')
  if (!existsSync(note)) return undefined
  return z.object({ executablePath: z.string() }).parse(JSON.parse(readFileSync(note, 'utf8'))).executablePath
}

function missing(found: string, fix: string, cause?: unknown): AppError {
  return new AppError('unavailable', found, { fix, cause })
}
