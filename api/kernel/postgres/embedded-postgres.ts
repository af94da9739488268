import { chmodSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { AppError } from '#shared/kernel/app-error.ts'
import { readOrCreateSecret } from '../data-dir.ts'
import { ensureCluster, superuserName } from './cluster.ts'
import { type ClusterPaths, clusterPaths } from './cluster-paths.ts'
import { findPostmaster, lockFileOf } from './postmaster.ts'
import { findPrograms } from './programs.ts'
import { freePort, host, type Launch, lastWords, launchServer, stopServer } from './server-process.ts'
import { chooseServerUser, letThrough } from './server-user.ts'
import { withStartStopLock } from './start-stop-lock.ts'
import { registerUse } from './use-register.ts'

export type EmbeddedPostgres = {
  host: string
  port: number
  superuser: { user: string; password: string }
  /** True when a server was already running on this data folder: left by a killed process or used by another one. */
  wasAdopted: boolean
  /** Ends this process's use of the server; the last process that uses it ends the server. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL server whose cluster lies in the data folder (created when missing), or adopts the one that runs.
 * `settings` override the server settings below, for tests. Throws an AppError for what a person can put right.
 */
export async function startEmbeddedPostgres(input: {
  dataDir: string
  settings?: Readonly<Record<string, string>>
}): Promise<EmbeddedPostgres> {
  const paths = prepareFolders(input.dataDir)
  const user = chooseServerUser(paths.cluster)
  letThrough(paths.home, user)
  const programs = findPrograms(user, paths.programs)
  const password = readOrCreateSecret(paths.dataDir, 'postgres-superuser')

  return withStartStopLock(paths.lock, async () => {
    await ensureCluster(paths, programs, user, password)
    const leave = registerUse(paths.register)
    try {
      const running = await adoptOrLaunch({ paths, programs, user, settings: input.settings ?? {} }, password)
      return { host, ...running, superuser: { user: superuserName, password }, stop: once(stop) }
    } catch (error) {
      leave()
      throw error
    }

    async function stop(): Promise<void> {
      await withStartStopLock(paths.lock, async () => {
        if (leave().wasLast) await stopServer(paths, programs)
      })
    }
  })
}

function prepareFolders(dataDir: string): ClusterPaths {
  try {
    mkdirSync(clusterPaths(dataDir).home, { recursive: true, mode: 0o700 })
    // The real path: a postmaster is recognised by it.
    const paths = clusterPaths(realpathSync(dataDir))
    chmodSync(paths.home, process.getuid?.() === 0 ? 0o711 : 0o700)
    return paths
  } catch (cause) {
    throw new AppError('unavailable', `The data folder ${dataDir} cannot be written.`, {
      field: 'data-dir',
      fix: 'Give this user the folder, or name another one: --data-dir DIR',
      cause,
    })
  }
}

const attempts = 3
/** How long the backends of a killed server may take to notice and let go of its memory. */
const memoryPatienceMs = 15_000

async function adoptOrLaunch(launch: Launch, password: string): Promise<{ port: number; wasAdopted: boolean }> {
  const { paths } = launch
  const patientUntil = Date.now() + memoryPatienceMs
  for (let attempt = 1; attempt <= attempts || (isMemoryHeld(paths.log) && Date.now() < patientUntil); attempt++) {
    const adopted = await adopt(paths, password)
    if (adopted) return { ...adopted, wasAdopted: true }
    const launched = await launchServer(launch, await freePort(attempt === 1 ? rememberedPort(paths) : undefined))
    if (launched) {
      writeFileSync(paths.port, `${launched.port}\n`)
      return { ...launched, wasAdopted: false }
    }
    // Backends of a killed server may hold its memory for a moment, and a port may be taken in between.
    await pause(Math.min(200 * attempt, 600))
  }
  throw new AppError('unavailable', `The embedded database did not start: ${lastWords(paths.log)}`, {
    fix: `Put right what ${paths.log} says at its end, then start again.`,
  })
}

/** PostgreSQL has no code for this one: only its log says that a killed server's backends still live. */
function isMemoryHeld(log: string): boolean {
  return lastWords(log).startsWith('pre-existing shared memory block')
}

/** The running server, once it takes connections. Undefined when none runs; a lock that nobody holds is removed. */
async function adopt(paths: ClusterPaths, password: string): Promise<{ port: number } | undefined> {
  for (;;) {
    const found = findPostmaster(paths.cluster)
    if (found.phase === 'none') return undefined
    if (found.phase === 'stale') {
      rmSync(lockFileOf(paths.cluster), { force: true })
      return undefined
    }
    if (found.phase === 'ready' && (await answers(found.port, password))) return { port: found.port }
    await pause(10)
  }
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new Client({
    host,
    port,
    user: superuserName,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 5000,
  })
  // A connection that breaks while we ask is an answer, not a crash.
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    if (!isWrongPassword(error)) return false
    throw new AppError('unavailable', 'The database that runs on this data folder does not know our password.', {
      field: 'data-dir',
      fix: 'Put the file keys/postgres-superuser of the data folder back from a backup.',
      cause: error,
    })
  } finally {
    await client.end().catch(() => {})
  }
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '28P01'
}

function rememberedPort(paths: ClusterPaths): number | undefined {
  try {
    const port = Number(readFileSync(paths.port, 'utf8'))
    return Number.isInteger(port) && port > 1023 && port < 65_536 ? port : undefined
  } catch {
    return undefined
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
