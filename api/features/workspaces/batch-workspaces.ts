import type { Change } from '#shared/acts/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { BatchResult, BatchWorkspaces } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { hint } from '../../kernel/wake.ts'
import { recordAct } from '../acts/index.ts'
import { controlAct, controlTeam } from './control-workspace.ts'
import { deleteTeam, deletionAct } from './delete-workspace.ts'
import { loadChart } from './load-chart.ts'
import { lockChart } from './store.ts'
import { whatOf } from './what-of.ts'

type Asked = Pick<BatchWorkspaces, 'verb' | 'workspaces'>

/** Does one thing to each of many: what can be done is one act, what cannot is told with the reason. */
export async function batchWorkspaces(context: OrgContext, { verb, workspaces }: Asked): Promise<BatchResult> {
  requireMay(context, verb === 'delete' ? 'workspaces.delete' : 'workspaces.control')
  const result = await inTransaction(context, async (tx) => {
    await lockChart(tx)
    return verb === 'delete'
      ? await deleteEach(tx, context, workspaces)
      : await controlEach(tx, context, { verb, workspaces })
  })
  hint(context.db, { kind: 'work' })
  return result
}

async function deleteEach(tx: Tx, context: OrgContext, workspaces: Asked['workspaces']): Promise<BatchResult> {
  const gone: { id: WorkspaceId; name: string }[] = []
  const result = await each(tx, workspaces, async (one) => {
    const { deleted, names } = await deleteTeam(tx, one)
    gone.push(...deleted.map((id, index) => ({ id, name: names[index] ?? '' })))
  })
  await record(tx, context, gone, deletionAct)
  return result
}

type Control = { verb: Exclude<Asked['verb'], 'delete'>; workspaces: Asked['workspaces'] }

async function controlEach(tx: Tx, context: OrgContext, { verb, workspaces }: Control): Promise<BatchResult> {
  const { byId } = await loadChart(tx)
  const changed: { id: WorkspaceId; name: string }[] = []
  const result = await each(tx, workspaces, async ({ workspaceId: id }) => {
    if (await controlTeam(tx, id, verb)) changed.push({ id, name: byId.get(id)?.name ?? '' })
  })
  await record(tx, context, changed, (ids, names) => controlAct(ids, verb, whatOf(names)))
  return result
}

type Act = { name: string; changes: Change[] }

async function record(
  tx: Tx,
  context: OrgContext,
  changed: readonly { id: WorkspaceId; name: string }[],
  actOf: (ids: WorkspaceId[], names: string[]) => Act,
): Promise<void> {
  if (changed.length === 0) return
  const ids = changed.map(({ id }) => id)
  const names = changed.map(({ name }) => name)
  await recordAct(tx, context, actOf(ids, names))
}

type One = Asked['workspaces'][number]

/** Each by itself: one that fails leaves no trace, and the others go on. */
async function each(tx: Tx, workspaces: readonly One[], act: (one: One) => Promise<void>): Promise<BatchResult> {
  const result: BatchResult = { done: [], failed: [] }
  for (const one of workspaces) {
    const { workspaceId } = one
    try {
      await tx.attempt(() => act(one))
      result.done.push(workspaceId)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const { message, fix } = error
      result.failed.push({ workspaceId, message, ...(fix !== undefined && { fix }) })
    }
  }
  return result
}
