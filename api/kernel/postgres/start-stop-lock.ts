import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '#shared/kernel/app-error.ts'
import { describeThisProcess, isStillRunning } from './live-process.ts'

/**
 * Runs the work while no other process starts or stops the same database; else one process could adopt a database that
 * another one is just ending. The lock of a process that died is taken over.
 */
export async function withStartStopLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, describeThisProcess(), { mode: 0o600 })
  try {
    await takeLock(path, draft)
  } finally {
    rmSync(draft, { force: true })
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

const patienceMs = 60_000

async function takeLock(path: string, draft: string): Promise<void> {
  const deadline = Date.now() + patienceMs
  while (!tryLink(draft, path)) {
    const holder = read(path)
    if (holder !== undefined && !isStillRunning(holder)) removeStale(path, holder)
    if (Date.now() > deadline) {
      throw new AppError('busy', 'Another process has been starting or stopping the database for a minute.', {
        fix: `End it, or delete ${path} when there is none.`,
      })
    }
    await pause(10)
  }
}

function tryLink(draft: string, path: string): boolean {
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Of several that see the same stale lock one moves it away; who finds it moved a fresh one instead puts that back. */
function removeStale(path: string, holder: string): void {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  if (read(aside) !== holder) tryLink(aside, path)
  rmSync(aside, { force: true })
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
