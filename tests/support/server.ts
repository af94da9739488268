import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'api/cli/main.ts')
const node = join(root, 'node_modules/.bin/node')

export type Server = {
  /** Stays the same over restarts. */
  url: string
  /** Of the start that was last; good for one sign-in. */
  signInUrl: () => string
  /** Ends the process as a power cut would: nothing is tidied up. */
  kill: () => Promise<void>
  /** Starts again on the same port and data. */
  restart: () => Promise<void>
  importTemplate: (dir: string, ...flags: string[]) => Promise<void>
  /** Where its data lies. */
  dataDir: string
  stop: () => Promise<void>
}

type Settings = Readonly<Record<string, string>>

/** The product as a person starts it, with data of its own; `settings` are variables of its environment. */
export async function startServer(settings: Settings = {}): Promise<Server> {
  const dataDir = await mkdtemp(join(tmpdir(), 'delegraph-journey-'))
  let running = await start(dataDir, '0', settings)
  const { url } = running

  return {
    url,
    dataDir,
    signInUrl: () => running.signInUrl,
    kill: () => end(running.process, 'SIGKILL'),
    restart: async () => {
      running = await start(dataDir, new URL(url).port, settings)
    },
    importTemplate: (dir, ...flags) => run(settings, 'import', dir, '--data-dir', dataDir, ...flags),
    stop: async () => {
      await end(running.process, 'SIGTERM')
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

type Running = { url: string; signInUrl: string; process: ChildProcess }

async function start(dataDir: string, port: string, settings: Settings): Promise<Running> {
  const child = launch(settings, 'start', '--json', '--no-open', '--port', port, '--data-dir', dataDir)
  const faults = text(child.stderr)
  const ready = once(child.stdout, 'data')
  const ended = once(child, 'close').then(async () => {
    throw new Error(`The server did not start.\n${await faults}`)
  })
  // After it is ready its end is awaited elsewhere.
  ended.catch(() => undefined)
  const [line] = await Promise.race([ready, ended])
  const { url, signInUrl } = JSON.parse(String(line))
  return { url: String(url), signInUrl: String(signInUrl), process: child }
}

async function run(settings: Settings, ...args: string[]): Promise<void> {
  const child = launch(settings, ...args)
  const [said, faults, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  if (code !== 0) throw new Error(`delegraph ${args.join(' ')} ended with ${code}.\n${said}\n${faults}`)
}

function launch(settings: Settings, ...args: string[]) {
  // As somebody would start it: no database given, no desktop to open a browser on.
  const env = { ...process.env, DATABASE_URL: '', DISPLAY: '', WAYLAND_DISPLAY: '', ...settings }
  return spawn(node, [program, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill(signal)
  await closed
}
