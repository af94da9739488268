import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeThisProcess, isStillRunning } from './live-process.ts'

/** Notes that this process uses the database. The answer takes the note back and says whether it was the last one. */
export function registerUse(folder: string): () => { wasLast: boolean } {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const note = join(folder, randomUUID())
  writeFileSync(note, describeThisProcess(), { mode: 0o600 })
  return () => {
    rmSync(note, { force: true })
    return { wasLast: !readdirSync(folder).some((name) => isLive(join(folder, name))) }
  }
}

function isLive(note: string): boolean {
  try {
    if (isStillRunning(readFileSync(note, 'utf8'))) return true
    rmSync(note, { force: true })
    return false
  } catch {
    return false
  }
}
