import { AppError } from '#shared/kernel/app-error.ts'
import type { EditMemory } from '#shared/memory/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { updateMemory } from './store.ts'

/** How much it matters, and whether it stays whatever time does. */
export async function editMemory(context: OrgContext, input: Omit<EditMemory, 'orgId'>): Promise<void> {
  requireMay(context, 'memory.write')
  const { memoryId, importance, pinned } = input
  await inTransaction(context, async (tx) => {
    const workspaceId = await updateMemory(tx, memoryId, { importance: importance ?? null, pinned: pinned ?? null })
    if (!workspaceId) throw new AppError('not-found', 'There is no such memory.')
    tx.tell({ type: 'memory.changed', payload: { memoryId, workspaceId } })
  })
}
