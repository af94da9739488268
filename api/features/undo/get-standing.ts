import type { UndoStanding } from '#shared/acts/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { latestActs } from '../acts/index.ts'

/** Nothing for keys: what programs do is not kept to be undone by hand. */
export async function getStanding(context: OrgContext): Promise<UndoStanding> {
  requireMay(context, 'workspaces.read')
  const { db, orgId, actor } = context
  if (actor.kind !== 'person') return { undo: null, redo: null }
  const { done, undone } = await inSnapshot(db, orgId, (reader) => latestActs(reader, actor.userId))
  return { undo: done ?? null, redo: undone ?? null }
}
