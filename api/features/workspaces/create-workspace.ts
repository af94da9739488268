import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { canHold, explainHolding } from '#shared/workspaces/can-hold.ts'
import type { CreateWorkspace, Workspace } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { recordAct } from '../acts/index.ts'
import { insertWorkspace } from './insert-workspace.ts'
import { loadChart } from './load-chart.ts'
import { present } from './present.ts'
import { lockChart } from './store.ts'

/** A new workspace with a prompt and a config, under a living parent or as a root. */
export async function createWorkspace(context: OrgContext, input: CreateWorkspace): Promise<Workspace> {
  requireMay(context, 'workspaces.create')
  const { name, role, model, parentId, position } = input
  return await inTransaction(context, async (tx) => {
    await lockChart(tx)
    if (parentId) await requireParent(tx, parentId)
    const made = await insertWorkspace(tx, { name, role, model, parentId, position, by: context.actor })
    await recordAct(tx, context, {
      name: `creation of ${name}`,
      changes: [{ kind: 'life', workspaceIds: [made.id], from: 'gone', to: 'there' }],
    })
    return present(made)
  })
}

async function requireParent(tx: Tx, parentId: WorkspaceId): Promise<void> {
  const verdict = canHold(await loadChart(tx), parentId, 1)
  if (verdict.allowed) return
  throw new AppError(verdict.reason === 'unknown-parent' ? 'not-found' : 'bad-input', explainHolding(verdict.reason), {
    field: 'parentId',
    fix: 'Choose another parent.',
  })
}
