import { KeyId, OrgId, UserId } from '#shared/kernel/ids.ts'
import { Role } from '#shared/orgs/contract.ts'
import type { KeyScope } from '../actor.ts'
import { callAcrossOrgs, type Db } from '../db.ts'
import { sql } from '../sql.ts'
import { hashOf } from './token.ts'

/** An API key that holds: it opens one org, with its role there as of now. */
export type Key = KeyScope & {
  orgId: OrgId
  name: string
  role: Role
  /** As whom it acts; null for a machine of the org. */
  person: { id: UserId; name: string } | null
}

type KeyRow = {
  org_id: string
  key_id: string
  name: string
  role: string
  permissions: string[] | null
  user_id: string | null
  user_name: string | null
}

/** Undefined alike for a key that is unknown, revoked or expired, or whose person has left the org. */
export async function findKey(db: Db, token: string): Promise<Key | undefined> {
  const [row] = await callAcrossOrgs<KeyRow>(db, sql`select * from key_by_hash(${hashOf(token)})`)
  if (!row) return undefined
  return {
    keyId: KeyId.parse(row.key_id),
    orgId: OrgId.parse(row.org_id),
    name: row.name,
    role: Role.parse(row.role),
    permissions: row.permissions,
    person: row.user_id === null ? null : { id: UserId.parse(row.user_id), name: row.user_name ?? row.name },
  }
}
