import type { OrgId } from '#shared/kernel/ids.ts'
import { type Db, inTransaction } from '../db.ts'
import { type Sql, sql } from '../sql.ts'

const noteEveryMs = 60_000

export type UseNotes = {
  key(key: { orgId: OrgId; keyId: string }): void
  token(token: { orgId: OrgId; tokenId: string }): void
}

/** Notes when a key or token was last used: once a minute at most, and never in the way of the request. */
export function createUseNotes(db: Db, onError: (error: unknown) => void): UseNotes {
  const noted = new Map<string, number>()
  const note = (orgId: OrgId, id: string, update: Sql) => {
    const now = Date.now()
    if (now - (noted.get(id) ?? 0) < noteEveryMs) return
    noted.set(id, now)
    inTransaction({ db, orgId, actor: { kind: 'system', name: 'keys' } }, (tx) => tx.rows(update)).catch(onError)
  }
  const isOld = sql`(last_used_at is null or last_used_at < now() - interval '50 seconds')`
  return {
    key: ({ orgId, keyId }) =>
      note(
        orgId,
        keyId,
        sql`update api_keys set last_used_at = now() where org_id = ${orgId} and id = ${keyId} and ${isOld}`,
      ),
    token: ({ orgId, tokenId }) =>
      note(
        orgId,
        tokenId,
        sql`update agent_tokens set last_used_at = now() where org_id = ${orgId} and id = ${tokenId} and ${isOld}`,
      ),
  }
}
