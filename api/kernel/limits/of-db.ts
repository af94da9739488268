import type { Db } from '../pool.ts'
import type { Gates } from './org-gates.ts'

/** Who was found to be of which org: only they are counted before the database is asked. */
export type Limits = { gates: Gates; known: Map<string, number>; finding: Map<string, Promise<boolean>> }

const limits = new WeakMap<Db, Limits>()

/** Said once where a server opens its database; a process without it, such as the command line, limits nobody. */
export function setLimits(db: Db, given: Limits): void {
  limits.set(db, given)
}

export function limitsOf(db: Db): Limits | undefined {
  return limits.get(db)
}
