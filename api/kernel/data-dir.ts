import { randomBytes, randomUUID } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { AppError } from '#shared/kernel/app-error.ts'

/**
 * The folder everything of this installation lives in, created when missing and proven writable.
 * Without a flag it is the user's own data folder, and never inside the program's folder or the temp folder.
 */
export function resolveDataDir(flag?: string): string {
  if (flag !== undefined && flag.trim() === '') {
    throw new AppError('bad-input', 'The data folder is empty.', {
      field: 'data-dir',
      fix: 'Name a folder: --data-dir DIR',
    })
  }
  const dir = flag === undefined ? refuseShortLived(usualDataDir()) : resolve(flag)
  createWritable(dir)
  return realpathSync(dir)
}

/** 32 random bytes as base64url, made once and kept in `keys/<name>` (0600). Two processes asking at once get the same. */
export function readOrCreateSecret(dataDir: string, name: string): string {
  const folder = join(dataDir, 'keys')
  const path = join(folder, name)
  guarded(folder, () => mkdirSync(folder, { recursive: true, mode: 0o700 }))
  return readSecret(path) ?? createSecret(path)
}

function readSecret(path: string): string | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw closed(path, error)
  }
  if (/^[\w-]{43}$/.test(text)) return text
  throw new AppError('unavailable', `The key file ${path} is damaged.`, { fix: 'Put the file back from a backup.' })
}

function createSecret(path: string): string {
  const draft = `${path}.${randomUUID()}`
  const secret = randomBytes(32).toString('base64url')
  return guarded(path, () => {
    writeDurably(draft, `${secret}\n`)
    try {
      // A link appears whole or not at all, and only once: whoever comes second reads the first one's.
      linkSync(draft, path)
      return secret
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
      return readSecret(path) ?? secret
    } finally {
      rmSync(draft, { force: true })
    }
  })
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function usualDataDir(): string {
  if (process.platform === 'win32')
    return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Delegraph')
  if (isRoot()) return '/var/lib/delegraph'
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Delegraph')
  const base = process.env.XDG_DATA_HOME
  return join(base && isAbsolute(base) ? base : join(homedir(), '.local', 'share'), 'delegraph')
}

function refuseShortLived(dir: string): string {
  const program = resolve(import.meta.dirname, '..', '..')
  const unfit = [program, tmpdir(), '/tmp'].find((folder) => isInside(dir, folder))
  if (!unfit) return dir
  throw new AppError(
    'bad-input',
    `The data folder would be ${dir}, inside ${unfit}, where it can be deleted unnoticed.`,
    {
      field: 'data-dir',
      fix: 'Name a folder that stays: --data-dir DIR',
    },
  )
}

function createWritable(dir: string): void {
  guarded(dir, () => {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK)
    // As root the database runs as another user, who must be able to pass through.
    if (isRoot()) chmodSync(dir, 0o711)
    // Access bits say nothing of a read-only or full disk; a file does.
    const probe = join(dir, `.probe-${randomUUID()}`)
    writeDurably(probe, 'ok\n')
    rmSync(probe)
  })
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw closed(path, error)
  }
}

const reasons: Readonly<Record<string, { message: string; fix: string }>> = {
  EACCES: {
    message: 'may not be written by this user',
    fix: 'Give this user the folder, or name another one: --data-dir DIR',
  },
  EPERM: {
    message: 'may not be written by this user',
    fix: 'Give this user the folder, or name another one: --data-dir DIR',
  },
  EROFS: { message: 'is on a read-only disk', fix: 'Name a folder on a writable disk: --data-dir DIR' },
  ENOSPC: { message: 'is on a full disk', fix: 'Free some space, or name a folder on another disk: --data-dir DIR' },
  // What Node says of a folder that is to be made on a read-only disk.
  ENOENT: { message: 'cannot be made there', fix: 'Name a folder on a writable disk: --data-dir DIR' },
  EEXIST: { message: 'is not a folder', fix: 'Name a folder: --data-dir DIR' },
  ENOTDIR: { message: 'lies below something that is not a folder', fix: 'Name a folder: --data-dir DIR' },
}

function closed(path: string, error: unknown): unknown {
  const reason = reasons[codeOf(error) ?? '']
  if (!reason) return error
  return new AppError('unavailable', `The data folder ${path} ${reason.message}.`, {
    field: 'data-dir',
    fix: reason.fix,
    cause: error,
  })
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

function isInside(dir: string, folder: string): boolean {
  const path = relative(realPathSoFar(folder), realPathSoFar(dir))
  return path === '' || !(path.startsWith('..') || isAbsolute(path))
}

/** The real path of what exists of it, so that a link into the temp folder is seen through. */
function realPathSoFar(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(realPathSoFar(parent), path.slice(parent.length))
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}
