import type { StandingInput, UndoStanding } from '#shared/acts/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { findDone, latestActs } from '../acts/index.ts'

/** Nothing for keys: what programs do is not kept to be undone by hand. */
export async function getStanding(
  context: OrgContext,
  { actId: asked, passed }: Pick<StandingInput, 'actId' | 'passed'>,
): Promise<UndoStanding> {
  requireMay(context, 'workspaces.read')
  const { db, orgId, actor } = context
  if (actor.kind !== 'person') return { undo: null, redo: null, asked: null }
  const { userId } = actor
  return await inSnapshot(db, orgId, async (reader) => {
    const [{ done, undone }, named] = await Promise.all([
      latestActs(reader, userId, passed),
      asked && findDone(reader, userId, asked),
    ])
    return { undo: done ?? null, redo: undone ?? null, asked: named ?? null }
  })
}
