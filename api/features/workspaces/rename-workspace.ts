import { configPath } from '#shared/files/paths.ts'
import type { RenameWorkspace, Workspace } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { recordAct } from '../acts/index.ts'
import { lockText, writeFile } from '../files/index.ts'
import { editConfig, hasField } from './edit-config.ts'
import { lockWorkspace, requireWorkspace } from './load-chart.ts'
import { present } from './present.ts'
import { updateName } from './store.ts'

/** Gives the workspace another name: in its config.yaml where that names it, else in the chart. */
export async function renameWorkspace(context: OrgContext, input: RenameWorkspace): Promise<Workspace> {
  requireMay(context, 'workspaces.edit')
  return await inTransaction(context, async (tx) => {
    await lockWorkspace(tx, input.workspaceId)
    const before = await requireWorkspace(tx, input.workspaceId)
    if (before.name === input.name) return present(before)
    const { workspaceId, name } = input
    await setName(tx, context, { workspaceId, name })
    await recordAct(tx, context, {
      name: `rename of ${before.name} to ${name}`,
      changes: [{ kind: 'name', workspaceId, from: before.name, to: name }],
    })
    return present(await requireWorkspace(tx, workspaceId))
  })
}

type Named = Pick<RenameWorkspace, 'workspaceId' | 'name'>

/** Writes the name of a workspace that the caller has locked, and tells it. */
export async function setName(tx: Tx, context: OrgContext, { workspaceId, name }: Named): Promise<void> {
  await writeName(tx, context, { workspaceId, name })
  tx.tell({ type: 'workspace.renamed', payload: { workspaceId, name } })
}

async function writeName(tx: Tx, context: OrgContext, { workspaceId, name }: Named): Promise<void> {
  const text = await lockText(tx, workspaceId, configPath)
  if (text === undefined || !hasField(text, 'name')) return await updateName(tx, workspaceId, name)
  await writeFile(tx, { workspaceId, path: configPath, text: editConfig(text, { name }), by: context.actor })
}
