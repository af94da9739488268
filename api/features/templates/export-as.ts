import { AppError } from '#shared/kernel/app-error.ts'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { exportBundle } from './export-bundle.ts'
import { exportFolder } from './export-folder.ts'
import { loadExport } from './load-export.ts'
import { makeZip } from './make-zip.ts'

type ExportFile = { name: string; type: string; contents: AsyncIterable<Buffer> }

/** The file of an export: a .zip of a template's folder, or a .bundle.json. */
export async function exportAs(
  context: OrgContext,
  { as = 'zip', workspace }: { as?: unknown; workspace?: unknown },
): Promise<ExportFile> {
  requireMay(context, 'templates.export')
  const asked = workspace === undefined ? undefined : WorkspaceId.safeParse(workspace)
  if (asked && !asked.success) throw new AppError('not-found', 'There is no such workspace.')
  const exported = await loadExport(context, asked?.data)
  if (as === 'bundle') {
    const text = `${JSON.stringify(exportBundle(exported), null, 2)}\n`
    return { name: `${exported.name}.bundle.json`, type: 'application/json', contents: once(Buffer.from(text)) }
  }
  if (as !== 'zip') throw new AppError('bad-input', 'An export is a zip or a bundle.', { field: 'as' })
  return { name: `${exported.name}.zip`, type: 'application/zip', contents: once(makeZip(exportFolder(exported))) }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
