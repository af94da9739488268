import type { KeyId, UserId } from '#shared/kernel/ids.ts'
import type { ApiKey, KeyRole } from '#shared/keys/contract.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export type KeyRow = {
  id: KeyId
  name: string
  userId: UserId | null
  role: KeyRole
  permissions: string[] | null
  shown: string
  createdBy: string
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}

const columns = sql`
  id, name, user_id as "userId", role, permissions, shown, created_by_name as "createdBy", created_at as "createdAt",
  expires_at as "expiresAt", last_used_at as "lastUsedAt"`

type NewKey = Pick<KeyRow, 'id' | 'name' | 'userId' | 'role' | 'permissions' | 'shown'> & {
  hash: Buffer
  days: number | null
  by: { userId: UserId; name: string }
}

export async function insertKey(tx: Tx, given: NewKey): Promise<KeyRow> {
  const row = await tx.row<KeyRow>(sql`
    insert into api_keys (org_id, id, name, user_id, role, permissions, shown, token_hash, created_by, created_by_name,
                          expires_at)
    values (${tx.orgId}, ${given.id}, ${given.name}, ${given.userId}, ${given.role}, ${given.permissions}, ${given.shown},
            ${given.hash}, ${given.by.userId}, ${given.by.name}, now() + ${given.days}::int * interval '1 day')
    returning ${columns}`)
  if (!row) throw new Error('the key was not kept')
  return row
}

/** Those not revoked, newest first; `ofUser`: only the keys this person holds. */
export async function selectKeys(reader: Reader, ofUser: UserId | null): Promise<KeyRow[]> {
  const own = ofUser ? sql`and user_id = ${ofUser}` : sql``
  return await reader.rows<KeyRow>(sql`
    select ${columns} from api_keys where org_id = ${reader.orgId} and revoked_at is null ${own}
     order by created_at desc, id desc limit 500`)
}

export async function countLiving(reader: Reader): Promise<number> {
  const row = await reader.row<{ count: number }>(sql`
    select count(*)::int as count from api_keys
     where org_id = ${reader.orgId} and revoked_at is null and (expires_at is null or expires_at > now())`)
  return row?.count ?? 0
}

export async function findKeyRow(reader: Reader, id: KeyId): Promise<KeyRow | undefined> {
  return await reader.row<KeyRow>(sql`
    select ${columns} from api_keys where org_id = ${reader.orgId} and id = ${id} and revoked_at is null`)
}

/** False where it was revoked meanwhile. */
export async function endKey(tx: Tx, id: KeyId): Promise<boolean> {
  const rows = await tx.rows(sql`
    update api_keys set revoked_at = now() where org_id = ${tx.orgId} and id = ${id} and revoked_at is null returning id`)
  return rows.length > 0
}

/** The only shape in which a key leaves. */
export function presentKey({ userId, ...row }: KeyRow, viewer: UserId | null): ApiKey {
  return {
    ...row,
    holder: userId ? 'person' : 'machine',
    isMine: userId !== null && userId === viewer,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }
}
