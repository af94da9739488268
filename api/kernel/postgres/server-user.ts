import { chmodSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { AppError } from '#shared/kernel/app-error.ts'

/** Who the database runs as. PostgreSQL refuses root, so root lends it an existing user without rights. */
export type ServerUser = { kind: 'self' } | { kind: 'other'; name: string; uid: number; gid: number }

export function chooseServerUser(cluster: string): ServerUser {
  if (process.getuid?.() !== 0) return { kind: 'self' }
  const accounts = readAccounts()
  const owner = ownerOf(cluster)
  if (owner && owner.uid !== 0) {
    const name = accounts.find(({ uid }) => uid === owner.uid)?.name ?? `user ${owner.uid}`
    return { kind: 'other', name, ...owner }
  }
  const account = ['postgres', 'nobody', 'daemon']
    .map((name) => accounts.find((one) => one.name === name))
    .find(Boolean)
  return { kind: 'other', ...(account ?? { name: 'user 65534', uid: 65534, gid: 65534 }) }
}

/** What `spawn` needs to run a program as this user. */
export function spawnAs(user: ServerUser): { uid?: number; gid?: number } {
  return user.kind === 'self' ? {} : { uid: user.uid, gid: user.gid }
}

/** Whether the user can reach and execute or enter a path. */
export function canPass(path: string, user: ServerUser): boolean {
  return user.kind === 'self' || pathsUpTo(path).every((one) => isOpenTo(one, user))
}

/**
 * Lets the user reach a folder: opens the folder itself, and private temp folders of root around it, for passing (not for
 * listing). Other closed folders are not ours to open; the error says what to do.
 */
export function letThrough(folder: string, user: ServerUser): void {
  if (user.kind === 'self') return
  for (const path of pathsUpTo(folder)) {
    if (isOpenTo(path, user)) continue
    if (path !== folder && !isOwnTempFolder(path)) throw closedFolder(path, folder, user)
    chmodSync(path, lstatSync(path).mode | 0o011)
  }
}

/** Makes a copied tree readable by everybody and writable by its owner only. */
export function openToAll(path: string): void {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return
  chmodSync(path, stat.isDirectory() || stat.mode & 0o100 ? 0o755 : 0o644)
  if (stat.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name))
}

function pathsUpTo(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [...pathsUpTo(parent), path]
}

function isOpenTo(path: string, { uid, gid }: { uid: number; gid: number }): boolean {
  const { mode, uid: owner, gid: group } = statSync(path)
  if (owner === uid) return (mode & 0o100) !== 0
  if (group === gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}

function isOwnTempFolder(path: string): boolean {
  return statSync(path).uid === 0 && [tmpdir(), '/tmp', '/var/tmp'].some((temp) => path.startsWith(`${temp}/`))
}

function closedFolder(path: string, folder: string, { name }: { name: string }): AppError {
  return new AppError(
    'unavailable',
    `As root, the database runs as ${name}, who cannot pass ${path} to reach ${folder}.`,
    {
      field: 'data-dir',
      fix: `Leave out --data-dir (root's data then lies in /var/lib/delegraph), or run: chmod o+x ${path}`,
    },
  )
}

function ownerOf(path: string): { uid: number; gid: number } | undefined {
  try {
    const { uid, gid } = statSync(path)
    return { uid, gid }
  } catch {
    return undefined
  }
}

function readAccounts(): { name: string; uid: number; gid: number }[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
  } catch {
    return []
  }
}
