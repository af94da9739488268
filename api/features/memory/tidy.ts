import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { consolidate } from '#shared/memory/consolidate.ts'
import { type TidyChange, type Tidying, TidyingId } from '#shared/memory/contract.ts'
import { actorName, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { type Db, inSnapshot, inTransaction } from '../../kernel/db.ts'
import { eachInTurn } from '../../kernel/each-in-turn.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import {
  applyTidying,
  insertTidying,
  lockKept,
  lockTidying,
  markUndone,
  selectTidyings,
  selectToTidy,
  type TidyingRow,
  takeBackTidying,
} from './tidy-store.ts'

/** Merges near duplicates of a workspace's memories and lets old ones fade; null where there was nothing to do. */
export async function tidy(context: OrgContext, workspaceId: WorkspaceId): Promise<Tidying | null> {
  requireMay(context, 'memory.write')
  return await tidyAs(context, workspaceId)
}

/** By the clock: a few workspaces at a time, of any org; one that cannot be tidied keeps none of the others waiting. */
export async function tidyDue(db: Db): Promise<void> {
  await eachInTurn(await selectToTidy(db, 20), async ({ orgId, workspaceId }) => {
    const context: OrgContext = { db, orgId, actor: { kind: 'system', name: 'the clock' } }
    await tidyAs(context, workspaceId).catch(unlessGone)
  })
}

async function tidyAs(context: OrgContext, workspaceId: WorkspaceId): Promise<Tidying | null> {
  const id = TidyingId.parse(uuidv7())
  return await inTransaction(context, async (tx) => {
    await requireWorkspace(tx, workspaceId)
    const changes = consolidate(await lockKept(tx, workspaceId), Date.now())
    const byName = actorName(context.actor)
    // A run that finds nothing is kept too: it says when the clock looked last.
    await insertTidying(tx, { id, workspaceId, byName, changes })
    if (changes.length === 0) return null
    await applyTidying(tx, changes)
    const counts = countsOf(changes)
    tx.tell({ type: 'memory.tidied', payload: { workspaceId, tidyingId: id, ...counts } })
    return { id, at: new Date().toISOString(), byName, ...counts, undoneAt: null, canUndo: true }
  })
}

/** Everything that stands as the tidying left it becomes what it was. */
export async function undoTidying(context: OrgContext, id: TidyingId): Promise<void> {
  requireMay(context, 'memory.write')
  await inTransaction(context, async (tx) => {
    const found = await lockTidying(tx, id)
    if (!found) throw new AppError('not-found', 'There is no such tidying.')
    if (found.undoneAt) throw new AppError('conflict', 'This tidying was taken back already.')
    if (!found.isKept) throw new AppError('conflict', 'This tidying is too old: what it put away is erased.')
    await takeBackTidying(tx, found.changes)
    await markUndone(tx, id)
    tx.tell({ type: 'memory.tidying-undone', payload: { workspaceId: found.workspaceId, tidyingId: id } })
  })
}

/** The last ones of a workspace, newest first. */
export async function listTidyings(context: OrgContext, workspaceId: WorkspaceId): Promise<Tidying[]> {
  requireMay(context, 'memory.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    await requireWorkspace(reader, workspaceId)
    return (await selectTidyings(reader, workspaceId)).map(present)
  })
}

function present({ id, at, byName, changes, undoneAt, isKept }: TidyingRow): Tidying {
  const canUndo = isKept && undoneAt === null
  return { id, at: at.toISOString(), byName, ...countsOf(changes), undoneAt: undoneAt?.toISOString() ?? null, canUndo }
}

function countsOf(changes: readonly TidyChange[]) {
  const count = (does: TidyChange['does']) => changes.filter((change) => change.does === does).length
  return { merged: count('merged'), faded: count('faded'), dropped: count('dropped') }
}

function unlessGone(error: unknown): void {
  if (error instanceof AppError && error.code === 'not-found') return
  throw error
}
