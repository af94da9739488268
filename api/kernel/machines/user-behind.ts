import { UserId } from '#shared/kernel/ids.ts'
import type { Actor } from '../actor.ts'
import type { Reader } from '../db.ts'
import { sql } from '../sql.ts'

/** The person whose hands these are: themselves, or who made the key or issued the token. Null for the engine and its agents. */
export async function userBehind(reader: Reader, actor: Actor): Promise<UserId | null> {
  if (actor.kind === 'person') return actor.userId
  if (actor.kind !== 'key' && actor.kind !== 'agent') return null
  const row = await reader.row<{ by: string }>(
    actor.kind === 'key'
      ? sql`select created_by as by from api_keys where org_id = ${reader.orgId} and id = ${actor.keyId}`
      : sql`select created_by as by from agent_tokens where org_id = ${reader.orgId} and id = ${actor.tokenId}`,
  )
  return row ? UserId.parse(row.by) : null
}
