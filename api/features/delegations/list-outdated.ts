import type { OutdatedWork } from '#shared/delegations/restart-contract.ts'
import { configPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { WorkspaceConfig } from '#shared/workspaces/config.ts'
import { fieldsNeedingRestart } from '#shared/workspaces/config-fields.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { livingFile, parseConfig, versionText } from '../files/index.ts'
import { listBegun } from './restart-store.ts'

const mostListed = 100

/** Work in flight that began with an older config, where the two differ in something that only new work takes up. */
export async function listOutdated(context: OrgContext, workspaceId: WorkspaceId): Promise<OutdatedWork> {
  requireMay(context, 'delegations.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const { file, text } = await livingFile(reader, workspaceId, configPath)
    const now = readable(text)
    const begun = await listBegun(reader, workspaceId, mostListed)
    const older = [...new Set(begun.map((one) => one.configVersion))].filter((one) => one > 0 && one < file.version)
    const texts = await Promise.all(older.map((version) => versionText(reader, file, version)))
    const fields = new Map(
      older.map((version, at) => [version, fieldsNeedingRestart(readable(texts[at] ?? ''), now)] as const),
    )
    const work = begun.map((one) => ({ ...one, fields: fields.get(one.configVersion) ?? [] }))
    return { configVersion: file.version, work: work.filter((one) => one.fields.length > 0) }
  })
}

/** A version that today's rules refuse says nothing that could be compared. */
function readable(text: string): WorkspaceConfig {
  try {
    return parseConfig(text)
  } catch (error) {
    if (error instanceof AppError) return {}
    throw error
  }
}
