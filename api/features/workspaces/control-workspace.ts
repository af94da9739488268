import type { Change } from '#shared/acts/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { descendantsOf } from '#shared/workspaces/chart.ts'
import type { ControlWorkspace } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { hint, wakeWorkspaces } from '../../kernel/wake.ts'
import { recordAct } from '../acts/index.ts'
import { loadChart, lockWorkspace, requireWorkspace } from './load-chart.ts'
import { lockChart, type MarkName, setMark } from './store.ts'

type Verb = ControlWorkspace['verb']

const verbs = {
  pause: { mark: 'paused', to: true, told: 'workspace.paused', name: 'pause' },
  resume: { mark: 'paused', to: false, told: 'workspace.resumed', name: 'resuming' },
  freeze: { mark: 'frozen', to: true, told: 'workspace.frozen', name: 'freeze' },
  unfreeze: { mark: 'frozen', to: false, told: 'workspace.unfrozen', name: 'unfreezing' },
} as const satisfies Record<Verb, { mark: MarkName; to: boolean; told: string; name: string }>

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
    if (!(await controlTeam(tx, workspaceId, verb))) return
    const { name } = await requireWorkspace(tx, workspaceId)
    await recordAct(tx, context, controlAct([workspaceId], verb, name))
  })
  hint(context.db, { kind: 'work' })
}

/** The same for a caller that holds the chart and records the act. True where it changed anything. */
export async function controlTeam(tx: Tx, workspaceId: WorkspaceId, verb: Verb): Promise<boolean> {
  const { mark, to, told } = verbs[verb]
  await lockWorkspace(tx, workspaceId)
  if (verb === 'resume') await requireFreeAbove(tx, workspaceId)
  if (!(await setMark(tx, workspaceId, mark, to))) return false
  tx.tell({ type: told, payload: { workspaceId } })
  await wakeWorkspaces(tx, [workspaceId, ...descendantsOf(await loadChart(tx), workspaceId)])
  return true
}

/** The act of pausing, freezing and their opposites, for the record. */
export function controlAct(workspaceIds: WorkspaceId[], verb: Verb, what: string): { name: string; changes: Change[] } {
  const { mark, to, name } = verbs[verb]
  return { name: `${name} of ${what}`, changes: [{ kind: 'mark', mark, workspaceIds, from: !to, to }] }
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
