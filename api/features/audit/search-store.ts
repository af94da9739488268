import { type AuditActor, type AuditEntry, AuditOrigin, type AuditSlice } from '#shared/audit/contract.ts'
import { EventActor, OrgEvent } from '#shared/org-event.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { inSlice } from './slice-store.ts'

type EntryRow = {
  id: string
  seq: number
  type: string
  version: number
  at: Date
  actor: unknown
  origin: unknown
  chain: unknown
  payload: unknown
  tool: string | null
  argsSha256: string | null
  resultSha256: string | null
  own: string | null
  before: string | null
}

export type Asked = { slice: AuditSlice; named: readonly string[]; before: number; limit: number }

/** Events of the slice before a number, newest first; of steps only tool calls that ended. */
export async function searchEvents(reader: Reader, { slice, named, before, limit }: Asked): Promise<AuditEntry[]> {
  const rows = await reader.rows<EntryRow>(sql`
    select e.id, e.seq::float8 as seq, e.type, e.version, e.at, e.actor, e.origin, e.payload,
           jsonb_build_object('id', e.chain_id, 'depth', e.chain_depth) as chain,
           c.tool, encode(c.args_sha256, 'hex') as "argsSha256", encode(c.result_sha256, 'hex') as "resultSha256",
           h.own, h.before
      from (
        select * from events e
         where e.org_id = ${reader.orgId} and e.seq < ${before}
           and (e.type <> 'step.changed' or (e.payload ->> 'kind' in ('tool', 'message')
                and e.payload ->> 'state' in ('done', 'failed', 'cancelled')))
           and ${inSlice(reader.orgId, slice, named)}
         order by e.seq desc limit ${limit}
      ) e
      left join audit_calls c on c.org_id = e.org_id and c.seq = e.seq
      left join lateral (
        select encode(substring(s.hashes from (32 * (e.seq - s.first_seq) + 1)::int for 32), 'hex') as own,
               encode(case when e.seq = s.first_seq then s.before
                           else substring(s.hashes from (32 * (e.seq - s.first_seq) - 31)::int for 32) end, 'hex') as before
          from (select * from audit_seals a where a.org_id = e.org_id and a.last_seq >= e.seq order by a.last_seq limit 1) s
         where s.first_seq <= e.seq
      ) h on true
     order by e.seq desc`)
  return rows.map(({ tool, argsSha256, resultSha256, own, before: prev, origin, at, ...event }) => ({
    event: OrgEvent.parse({ ...event, orgId: reader.orgId, at: at.toISOString() }),
    origin: AuditOrigin.nullable().parse(origin),
    call: tool !== null && argsSha256 !== null ? { tool, argsSha256, resultSha256 } : null,
    hash: own !== null && prev !== null ? { own, before: prev } : null,
  }))
}

const lately = 20_000

/** Who stands in the newest part of the log, most active first. */
export async function readActors(reader: Reader): Promise<Omit<AuditActor, 'name'>[]> {
  const rows = await reader.rows<{ actor: unknown }>(sql`
    select actor from (
      select actor from events where org_id = ${reader.orgId} order by seq desc limit ${lately}) e
     group by actor order by count(*) desc limit 200`)
  return rows.map((row) => EventActor.parse(row.actor))
}
