import { configPath } from '#shared/files/paths.ts'
import type { ConfigureWorkspace, Workspace } from '#shared/workspaces/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { recordAct } from '../acts/index.ts'
import { lockText, readHead, writeFile } from '../files/index.ts'
import { editConfig } from './edit-config.ts'
import { lockWorkspace, requireWorkspace } from './load-chart.ts'
import { present } from './present.ts'

/** Writes role and model into the workspace's config.yaml, as a new version of it. */
export async function configureWorkspace(context: OrgContext, input: ConfigureWorkspace): Promise<Workspace> {
  requireMay(context, 'workspaces.edit')
  const { workspaceId, role, model } = input
  const fields = { ...(role !== undefined && { role }), ...(model !== undefined && { model }) }
  return await inTransaction(context, async (tx) => {
    await lockWorkspace(tx, workspaceId)
    const text = (await lockText(tx, workspaceId, configPath)) ?? ''
    const before = (await readHead(tx, workspaceId, configPath))?.version ?? null
    const written = { workspaceId, path: configPath, text: editConfig(text, fields), by: context.actor }
    const { fileId, version } = await writeFile(tx, written)
    const living = await requireWorkspace(tx, workspaceId)
    if (version !== before) {
      await recordAct(tx, context, {
        name: `change of ${living.name}`,
        changes: [{ kind: 'file', workspaceId, fileId, path: configPath, from: before, to: version }],
      })
    }
    return present(living)
  })
}
