import type { AuditSlice } from '#shared/audit/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { type Db, type Reader, readRow } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { inSlice } from './slice-store.ts'

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
  origin: unknown
  /** Of a step that is a tool call; its texts as hashes. */
  tool: string | null
  stepState: string | null
  args: string | null
  result: string | null
  hash: string | null
}

type Page = { slice: AuditSlice; named: readonly string[]; after: number; upTo: number; limit: number }

/** The next events of a slice, in order, with what their calls were made of and their hash in the chain of the log. */
export async function readSlicePage(
  reader: Reader,
  { slice, named, after, upTo, limit }: Page,
): Promise<ExportedRow[]> {
  return await reader.rows<ExportedRow>(sql`
    select e.id, e.seq, e.type, e.version, e.at, e.actor, e.origin, e.chain_id as "chainId", e.chain_depth as "chainDepth",
           e.payload, coalesce(c.tool, s.name) as tool, s.state as "stepState",
           coalesce(encode(c.args_sha256, 'hex'), encode(sha256(convert_to(coalesce(s.input ->> 'args', ''), 'UTF8')), 'hex')) as args,
           coalesce(encode(c.result_sha256, 'hex'),
                    encode(sha256(convert_to(coalesce(s.error, s.output ->> 'text', s.output::text), 'UTF8')), 'hex')) as result,
           (select encode(substring(a.hashes from (32 * (e.seq - a.first_seq) + 1)::int for 32), 'hex')
              from (select * from audit_seals b where b.org_id = e.org_id and b.last_seq >= e.seq order by b.last_seq limit 1) a
             where a.first_seq <= e.seq) as hash
      from events e
      left join audit_calls c on c.org_id = e.org_id and c.seq = e.seq
      left join steps s on e.type = 'step.changed' and s.org_id = e.org_id
           and s.delegation_id = (e.payload ->> 'delegationId')::uuid and s.step = (e.payload ->> 'step')::int
           and s.kind in ('tool', 'message')
     where e.org_id = ${reader.orgId} and e.seq > ${after}::bigint and e.seq <= ${upTo}::bigint
       and ${inSlice(reader.orgId, slice, named)}
     order by e.seq limit ${limit}`)
}
