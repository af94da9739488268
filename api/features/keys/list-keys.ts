import type { UserId } from '#shared/kernel/ids.ts'
import type { ApiKey } from '#shared/keys/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { presentKey, selectKeys } from './key-store.ts'
import { seesAllKeys } from './policy.ts'

/** All that were not revoked, newest first, for admins; for everybody else their own. */
export async function listKeys(context: OrgContext): Promise<ApiKey[]> {
  requireMay(context, 'keys.read')
  const viewer = viewerOf(context)
  if (!viewer && !seesAllKeys(context)) return []
  const rows = await inSnapshot(context.db, context.orgId, (reader) =>
    selectKeys(reader, seesAllKeys(context) ? null : viewer),
  )
  return rows.map((row) => presentKey(row, viewer))
}

export function viewerOf({ actor }: OrgContext): UserId | null {
  return actor.kind === 'person' ? actor.userId : null
}
