import { AppError } from '#shared/kernel/app-error.ts'
import { MemoryId } from '#shared/kernel/ids.ts'
import type { Remember } from '#shared/memory/contract.ts'
import { escapeDelimiter } from '#shared/memory/escape-delimiter.ts'
import { maxMemoriesPerWorkspace } from '#shared/memory/limits.ts'
import { actorName, agentOf, eventActor, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { countMemories, insertMemory, raiseSame } from './store.ts'

/** Keeps a memory in a workspace. Gives its id; the same words again are the same memory. */
export async function remember(context: OrgContext, input: Omit<Remember, 'orgId'>): Promise<MemoryId> {
  requireMay(context, 'memory.write')
  return await inTransaction(context, (tx) => rememberIn(tx, context, input))
}

/** The same within a transaction, for an agent too. What all of the org will read only roots and people write. */
export async function rememberIn(tx: Tx, context: OrgContext, input: Omit<Remember, 'orgId'>): Promise<MemoryId> {
  const { workspaceId, scope, kind, importance } = input
  const { actor } = context
  const workspace = await requireWorkspace(tx, workspaceId)
  if (scope === 'GLOBAL' && agentOf(actor) && workspace.parentId !== null) {
    throw new AppError('forbidden', 'Only a workspace at the top of the chart, or a person, writes GLOBAL memories.', {
      fix: 'Remember it with the scope TEAM, or ask your parent to.',
    })
  }
  const text = scope === 'GLOBAL' ? escapeDelimiter(input.text) : input.text
  const same = await raiseSame(tx, { workspaceId, scope, text, importance })
  if (same) return same
  if ((await countMemories(tx, workspaceId)) >= maxMemoriesPerWorkspace) {
    throw new AppError('too-large', `A workspace keeps at most ${maxMemoriesPerWorkspace} memories.`, {
      fix: 'Forget some that matter less first.',
    })
  }
  const id = MemoryId.parse(uuidv7())
  const writtenByName = actorName(actor)
  await insertMemory(tx, {
    id,
    workspaceId,
    scope,
    kind,
    text,
    importance,
    writtenBy: eventActor(actor),
    writtenByName,
  })
  tx.tell({ type: 'memory.remembered', payload: { memoryId: id, workspaceId, scope } }, context.chain)
  return id
}
