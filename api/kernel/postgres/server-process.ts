import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { serverEnvironment } from './cluster.ts'
import type { ClusterPaths } from './cluster-paths.ts'
import { isRunning } from './live-process.ts'
import { findPostmaster } from './postmaster.ts'
import type { Programs } from './programs.ts'
import type { ServerUser } from './server-user.ts'
import { spawnAs } from './server-user.ts'

export const host = '127.0.0.1'

/** Fit for a laptop that does other things too; nothing here trades away durability. */
const laptopSettings: Readonly<Record<string, string>> = {
  listen_addresses: host,
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '64MB',
  fsync: 'on',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_timezone: 'UTC',
  timezone: 'UTC',
  // The build carries no JIT library, and three I/O workers are not worth their memory here.
  jit: 'off',
  io_method: 'sync',
}

export type Launch = {
  paths: ClusterPaths
  programs: Programs
  user: ServerUser
  settings: Readonly<Record<string, string>>
}

/** Spawns the server and waits until it takes connections. Undefined when it ended instead; its log says why. */
export async function launchServer(launch: Launch, port: number): Promise<{ port: number } | undefined> {
  const child = spawnServer(launch, port)
  const failure = new Promise<never>((_, reject) => child.once('error', reject))
  const ready = await Promise.race([failure, becomesReady(child, launch.paths.cluster)])
  return ready ? { port } : undefined
}

/** Ends the server the fast way: open transactions are rolled back, everything committed is on disk. */
export async function stopServer(paths: ClusterPaths, programs: Programs): Promise<void> {
  const found = findPostmaster(paths.cluster)
  if (found.phase === 'none' || found.phase === 'stale') return
  await askToStop(found.pid, paths, programs)
  if (await ends(found.pid, 30_000)) return
  // Immediate shutdown: the next start replays the log; nothing committed is lost.
  process.kill(found.pid, 'SIGQUIT')
  await ends(found.pid, 10_000)
}

/** The wanted port when it is free, else any. */
export async function freePort(wanted: number | undefined): Promise<number> {
  return (wanted === undefined ? undefined : await tryPort(wanted)) ?? (await tryPort(0)) ?? 0
}

function spawnServer({ paths, programs, user, settings }: Launch, port: number): ChildProcess {
  const options = Object.entries({ ...laptopSettings, ...settings, port: String(port) })
  rotateLog(paths.log)
  const log = openSync(paths.log, 'a', 0o600)
  try {
    const child = spawn(
      programs.postgres,
      ['-D', paths.cluster, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      {
        ...spawnAs(user),
        env: serverEnvironment(),
        cwd: paths.home,
        // A session of its own: Ctrl-C in the terminal reaches us, not it, so that we can still write while we end.
        detached: true,
        stdio: ['ignore', log, log],
        windowsHide: true,
      },
    )
    child.unref()
    return child
  } finally {
    closeSync(log)
  }
}

async function becomesReady(child: ChildProcess, cluster: string): Promise<boolean> {
  // Without a limit: replaying the log after a crash takes as long as it takes, and the server ends by itself on trouble.
  while (child.exitCode === null && child.signalCode === null) {
    const found = findPostmaster(cluster)
    if (found.phase === 'ready' && found.pid === child.pid) return true
    await pause(5)
  }
  return false
}

async function askToStop(pid: number, paths: ClusterPaths, programs: Programs): Promise<void> {
  if (process.platform === 'win32') {
    await promisify(execFile)(programs.pgCtl, ['stop', '-D', paths.cluster, '-m', 'fast'], { windowsHide: true })
    return
  }
  process.kill(pid, 'SIGINT')
}

async function ends(pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (isRunning(pid)) {
    if (Date.now() > deadline) return false
    await pause(5)
  }
  return true
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, host, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}

const logLimitBytes = 10 * 1024 * 1024

function rotateLog(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > logLimitBytes) renameSync(path, `${path}.1`)
}

/** The last thing the server said that explains why it ended. */
export function lastWords(path: string): string {
  const lines = readFileSync(path, 'utf8').trim().split('\n').slice(-50)
  const fatal = lines.findLast((line) => line.includes('FATAL:') || line.includes('PANIC:')) ?? lines.at(-1) ?? ''
  return fatal.replace(/^.*?(FATAL|PANIC):\s*/, '')
}
