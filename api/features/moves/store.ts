import type { ContactPolicy } from '#shared/orgs/contract.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export async function selectPolicy(reader: Reader): Promise<ContactPolicy> {
  const found = await reader.row<{ policy: ContactPolicy }>(sql`
    select contact_policy as policy from orgs where id = ${reader.orgId}`)
  return found?.policy ?? 'direct'
}
