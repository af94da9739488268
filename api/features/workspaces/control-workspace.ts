import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { descendantsOf } from '#shared/workspaces/chart.ts'
import type { ControlWorkspace } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { hint, wakeWorkspaces } from '../../kernel/wake.ts'
import { loadChart, lockWorkspace, requireWorkspace } from './load-chart.ts'
import { lockChart, setFrozen, setPaused } from './store.ts'

type Verb = ControlWorkspace['verb']

const told = {
  pause: 'workspace.paused',
  resume: 'workspace.resumed',
  freeze: 'workspace.frozen',
  unfreeze: 'workspace.unfrozen',
} as const

/**
 * Pauses, resumes, freezes or unfreezes a workspace with everything below it. Paused: what runs ends its step, nothing new
 * begins. Frozen: agents may think and read; what would change something is refused by the engine. Doing it twice is no
 * error and tells nothing.
 */
export async function controlWorkspace(
  context: OrgContext,
  { workspaceId, verb }: { workspaceId: WorkspaceId; verb: Verb },
): Promise<void> {
  requireMay(context, 'workspaces.control')
  await inTransaction(context, async (tx) => {
    await lockChart(tx)
    await lockWorkspace(tx, workspaceId)
    if (verb === 'resume') await requireFreeAbove(tx, workspaceId)
    if (!(await mark(tx, workspaceId, verb))) return
    tx.tell({ type: told[verb], payload: { workspaceId } })
    await wakeWorkspaces(tx, [workspaceId, ...descendantsOf(await loadChart(tx), workspaceId)])
  })
  hint(context.db, { kind: 'work' })
}

async function mark(tx: Tx, id: WorkspaceId, verb: Verb): Promise<boolean> {
  if (verb === 'pause' || verb === 'resume') return await setPaused(tx, id, verb === 'pause')
  return await setFrozen(tx, id, verb === 'freeze')
}

/** A child of a paused workspace cannot be resumed by itself. */
async function requireFreeAbove(tx: Tx, id: WorkspaceId): Promise<void> {
  const { parentId } = await requireWorkspace(tx, id)
  const parent = parentId === null ? null : await requireWorkspace(tx, parentId)
  if (parent?.status !== 'paused') return
  throw new AppError('conflict', `The workspace above, ${parent.name}, is paused.`, {
    fix: `Resume ${parent.name} first.`,
  })
}
