import { createHash } from 'node:crypto'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { allowedTools } from '#shared/workspaces/allowed-tools.ts'
import { verdictOn } from '../../features/approvals/index.ts'
import { readConfig } from '../../features/files/index.ts'
import { requireWorkspace } from '../../features/workspaces/index.ts'
import { standaloneTools } from '../../gateway.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { hint } from '../../kernel/wake.ts'
import type { AgentContext } from './require-agent.ts'

export function listTools() {
  return standaloneTools.map(({ name, description, inputSchema, hints }) => ({
    name,
    description,
    input_schema: inputSchema,
    read_only: hints.readOnly,
  }))
}

/** One call, all or nothing, under the same gates as a call of an agent at work in our engine. */
export async function callTool(
  { context, workspaceId, tokenId }: AgentContext,
  name: string,
  args: unknown,
): Promise<string> {
  const tool = standaloneTools.find((one) => one.name === name)
  if (!tool) {
    const known = standaloneTools.map((one) => one.name).join(', ')
    throw new AppError('not-found', `There is no tool of that name. The tools are: ${known}.`)
  }
  const text = await inTransaction(context, async (tx) => {
    await requireFree(tx, { workspaceId }, tool)
    const outcome = await tool.run(tx, { context, workspaceId }, args)
    const result = outcome.kind === 'done' ? outcome.text : ''
    const hashes = { argsSha256: hashOf(JSON.stringify(args)), resultSha256: hashOf(result) }
    tx.tell({ type: 'agent.called', payload: { workspaceId, tokenId, tool: name, ...hashes } })
    return result
  })
  hint(context.db, { kind: 'work' })
  return text
}

/** What its config gives it, as an agent at work in our engine. */
async function requireGiven(tx: Tx, workspaceId: WorkspaceId, name: string): Promise<void> {
  const config = await readConfig(tx, workspaceId)
  if (allowedTools([name], config?.tools).length > 0) return
  throw new AppError('forbidden', `${name} is not among the tools this workspace's config gives.`, {
    fix: 'Ask a person to list it there, under tools.',
  })
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

type Called = { name: string; hints: { readOnly: boolean; coordinates?: boolean } }

/** Neither paused nor frozen, and no rule refuses it or makes it wait for a yes: outside a delegation nothing can wait. */
export async function requireFree(
  tx: Tx,
  { workspaceId }: Pick<AgentContext, 'workspaceId'>,
  { name, hints }: Called,
): Promise<void> {
  const workspace = await requireWorkspace(tx, workspaceId)
  const { tier, role } = workspace
  await requireGiven(tx, workspaceId, name)
  const verdict = await verdictOn(tx, { tool: name, workspaceId, tier, role })
  if (verdict.kind === 'refused') {
    throw new AppError('forbidden', `${workspace.name} may not call ${name}: ${verdict.by} refuses it.`, {
      fix: 'Go on without it, or ask an admin to change the rule.',
    })
  }
  if (verdict.kind === 'asks') {
    throw new AppError('forbidden', `${name} needs a yes of a person here, and an agent outside cannot wait for one.`, {
      fix: 'Let a delegation do it, or ask an admin to change the rule.',
    })
  }
  if (hints.readOnly) return
  if (workspace.status === 'paused') {
    throw new AppError('conflict', `${workspace.name} is paused.`, { fix: 'Ask again when its state says it is not.' })
  }
  if (workspace.isFrozen && !hints.coordinates) {
    throw new AppError('forbidden', `${workspace.name} is frozen, so nothing may be changed.`, {
      fix: 'Only a person can end the freeze.',
    })
  }
}
