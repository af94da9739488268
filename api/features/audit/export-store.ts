import type { AuditSlice } from '#shared/audit/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { type Db, readRow, readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export type ExportOrg = { name: string; seq: string }

export async function readExportOrg(db: Db, orgId: OrgId): Promise<ExportOrg | undefined> {
  return await readRow<ExportOrg>(
    db,
    orgId,
    sql`select o.name, s.seq from orgs o join org_sequences s on s.org_id = o.id where o.id = ${orgId}`,
  )
}

export type ExportedRow = {
  id: string
  seq: string
  type: string
  version: number
  at: Date
  actor: { kind: string; id: string }
  chainId: string
  chainDepth: number
  payload: Readonly<Record<string, unknown>>
  /** Of a step that is a tool call. */
  tool: string | null
  stepState: string | null
  args: string | null
  result: string | null
}

type Page = { after: number; upTo: number; limit: number }

/** The next events of a slice, in order, with what their steps were made of. */
export async function readSlicePage(
  db: Db,
  orgId: OrgId,
  { since, until, workspaceId, delegationId, chainId }: AuditSlice,
  { after, upTo, limit }: Page,
): Promise<ExportedRow[]> {
  return await readRows<ExportedRow>(
    db,
    orgId,
    sql`
    with recursive work as (
      select id from delegations where org_id = ${orgId} and id = ${delegationId ?? null}::uuid
      union
      select d.id from delegations d join work on d.parent_id = work.id where d.org_id = ${orgId}
    )
    select e.id, e.seq, e.type, e.version, e.at, e.actor, e.chain_id as "chainId", e.chain_depth as "chainDepth", e.payload,
           s.name as tool, s.state as "stepState", s.input ->> 'args' as args,
           coalesce(s.error, s.output ->> 'text', s.output::text) as result
      from events e
      left join steps s on e.type = 'step.changed' and s.org_id = e.org_id
           and s.delegation_id = (e.payload ->> 'delegationId')::uuid and s.step = (e.payload ->> 'step')::int
           and s.kind in ('tool', 'message')
     where e.org_id = ${orgId} and e.seq > ${after} and e.seq <= ${upTo}
       and (${since ?? null}::timestamptz is null or e.at >= ${since ?? null}::timestamptz)
       and (${until ?? null}::timestamptz is null or e.at < ${until ?? null}::timestamptz)
       and (${chainId ?? null}::uuid is null or e.chain_id = ${chainId ?? null}::uuid)
       and (${workspaceId ?? null}::text is null or e.payload ->> 'workspaceId' = ${workspaceId ?? null}
            or e.payload ->> 'fromWorkspaceId' = ${workspaceId ?? null} or e.actor ->> 'id' = ${workspaceId ?? null})
       and (${delegationId ?? null}::uuid is null or (e.payload ->> 'delegationId')::uuid in (select id from work))
     order by e.seq limit ${limit}`,
  )
}

/** Names of workspaces, also of those that are gone. */
export async function readWorkspaceNames(db: Db, orgId: OrgId): Promise<Map<string, string>> {
  const rows = await readRows<{ id: string; name: string }>(
    db,
    orgId,
    sql`select w.id, coalesce(f.config ->> 'name', w.name) as name from workspaces w
          left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
         where w.org_id = ${orgId}`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Names of people as they were when they last gave work or saved a file here. */
export async function readPersonNames(db: Db, orgId: OrgId): Promise<Map<string, string>> {
  const rows = await readRows<{ id: string; name: string }>(
    db,
    orgId,
    sql`select distinct on (id) id, name from (
          select requester ->> 'userId' as id, requester_name as name, created_at as at from delegations
           where org_id = ${orgId} and requester ->> 'kind' = 'person'
          union all
          select saved_by ->> 'id', saved_by_name, saved_at from file_versions
           where org_id = ${orgId} and saved_by ->> 'kind' = 'person'
        ) known order by id, at desc`,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
