import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { AppError } from '#shared/kernel/app-error.ts'
import type { ClusterPaths } from './cluster-paths.ts'
import type { Programs } from './programs.ts'
import type { ServerUser } from './server-user.ts'
import { spawnAs } from './server-user.ts'

export const superuserName = 'postgres'

/** Makes the cluster when there is none, whole or not at all: a half-made one is never left under the real name. */
export async function ensureCluster(
  paths: ClusterPaths,
  programs: Programs,
  user: ServerUser,
  password: string,
): Promise<void> {
  const versionFile = join(paths.cluster, 'PG_VERSION')
  if (existsSync(versionFile)) return requireSameMajor(paths, readFileSync(versionFile, 'utf8').trim(), programs.major)
  if (existsSync(paths.cluster)) {
    throw new AppError('unavailable', `${paths.cluster} exists but holds no database.`, {
      fix: 'Put its contents back from a backup, or delete the folder to begin with an empty database.',
    })
  }
  await createCluster(paths, programs, user, password)
}

function requireSameMajor(paths: ClusterPaths, found: string, carried: string): void {
  if (found === carried) return
  throw new AppError(
    'unavailable',
    `The database in ${paths.cluster} was made by PostgreSQL ${found}; this version carries PostgreSQL ${carried}.`,
    {
      field: 'data-dir',
      fix: 'Start the Delegraph version that made it and export the orgs, or begin a new one with another --data-dir.',
    },
  )
}

async function createCluster(
  paths: ClusterPaths,
  programs: Programs,
  user: ServerUser,
  password: string,
): Promise<void> {
  const draft = join(paths.home, `making-${randomUUID()}`)
  const passwordFile = `${draft}.password`
  try {
    mkdirSync(draft, { mode: 0o700 })
    writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' })
    if (user.kind === 'other') for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid)
    await runInitdb(programs, user, draft, passwordFile)
    renameSync(draft, paths.cluster)
    syncFolder(paths.home)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(draft, { recursive: true, force: true })
  }
}

async function runInitdb(programs: Programs, user: ServerUser, folder: string, passwordFile: string): Promise<void> {
  const initdb = spawn(
    programs.initdb,
    [
      ...['--pgdata', folder, '--username', superuserName, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
      // The machine's own locale must not decide the encoding: LANG=C would make it SQL_ASCII.
      ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
      '--no-instructions',
    ],
    {
      ...spawnAs(user),
      env: serverEnvironment(),
      cwd: dirname(folder),
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    },
  )
  const exit = new Promise<number | null>((resolve, reject) => initdb.once('error', reject).once('exit', resolve))
  const [code, said] = await Promise.all([exit, text(initdb.stderr)])
  if (code === 0) return
  throw new AppError('unavailable', `The database could not be created in ${folder}: ${reasonIn(said)}`, {
    field: 'data-dir',
    fix: 'Free some space or name another folder with --data-dir, then start again.',
    data: { output: said },
  })
}

/** The line that names the fault; what follows it is initdb tidying up. */
function reasonIn(said: string): string {
  const lines = said.trim().split('\n')
  const fault = lines.find((line) => /FATAL:|PANIC:|error:/.test(line)) ?? lines.at(-1) ?? ''
  return fault.replace(/^.*?(FATAL|PANIC|error):\s*/, '')
}

/** Nothing of the caller's environment but the way to programs: PGOPTIONS and its like would change the server. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP'].map((name) => [name, process.env[name]])
  return { ...Object.fromEntries(kept.filter(([, value]) => value !== undefined)), LC_ALL: 'C', TZ: 'UTC' }
}

function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
