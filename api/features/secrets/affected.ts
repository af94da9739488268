import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { namesDeclared } from '#shared/secrets/needs.ts'
import { isForModels } from '#shared/secrets/services.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { wakeWorkspaces } from '../../kernel/wake.ts'
import { declaringOf } from './declaring.ts'
import { selectDeclaring } from './need-store.ts'

export type Affected = { id: WorkspaceId; name: string }

/** What is told of it: events are small, so of many only the first hundred are named. */
export function tellable(affected: readonly Affected[]): { affected: WorkspaceId[]; affectedCount: number } {
  return { affected: affected.slice(0, 100).map(({ id }) => id), affectedCount: affected.length }
}

/** Workspaces for which another value of this name, in this scope, means another value. */
export async function affectedBy(reader: Reader, name: string, scope: WorkspaceId | null): Promise<Affected[]> {
  const rows = await selectDeclaring(reader)
  return rows
    .filter((row) => (scope === null ? !row.ownNames.includes(name) : row.id === scope))
    .filter((row) => namesDeclared(declaringOf(row)).has(name))
    .map(({ id, name: called }) => ({ id, name: called }))
}

/**
 * Work that waits for the key of its model looks again. It may have begun with a model its workspace no longer has, so all of the scope is
 * woken. Queue entries come first in the order of locks: call it before anything of ours is written.
 */
export async function wakeWaiting(tx: Tx, scope: WorkspaceId | null, names: readonly string[]): Promise<void> {
  if (!names.some(isForModels)) return
  const ids = scope === null ? (await selectDeclaring(tx)).map(({ id }) => id) : [scope]
  await wakeWorkspaces(tx, ids)
}
