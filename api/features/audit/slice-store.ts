import type { AuditSlice } from '#shared/audit/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { type Sql, sql } from '../../kernel/sql.ts'

/**
 * Whether the event `e` belongs to the slice. `named` are the ids of whom and what the slice's text names; what they did and
 * what was done to them belongs to it too.
 */
export function inSlice(orgId: OrgId, slice: AuditSlice, named: readonly string[]): Sql {
  const { since = null, until = null, workspaceId = null, delegationId = null, chainId = null } = slice
  const { actorKind = null, actorId = null, about = null, text = null } = slice
  const like = text === null ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return sql`(
    (${since}::timestamptz is null or e.at >= ${since}::timestamptz)
    and (${until}::timestamptz is null or e.at < ${until}::timestamptz)
    and (${chainId}::uuid is null or e.chain_id = ${chainId}::uuid)
    and (${actorKind}::text is null or e.actor ->> 'kind' = ${actorKind}::text)
    and (${actorId}::text is null or e.actor ->> 'id' = ${actorId}::text)
    and (${about}::text is null or split_part(e.type, '.', 1) = ${about}::text)
    and (${workspaceId}::text is null or e.payload ->> 'workspaceId' = ${workspaceId}::text
         or e.payload ->> 'fromWorkspaceId' = ${workspaceId}::text or e.actor ->> 'id' = ${workspaceId}::text)
    and (${delegationId}::uuid is null or (e.payload ->> 'delegationId')::uuid in (
      with recursive work as (
        select id from delegations where org_id = ${orgId} and id = ${delegationId}::uuid
        union
        select d.id from delegations d join work on d.parent_id = work.id where d.org_id = ${orgId}
      ) select id from work))
    and (${like}::text is null or e.type ilike ${like}::text or e.payload::text ilike ${like}::text
         or e.origin ->> 'name' ilike ${like}::text or e.actor ->> 'id' = any (${named}::text[])
         or exists (select from unnest(${named}::text[]) one where strpos(e.payload::text, one) > 0)))`
}
