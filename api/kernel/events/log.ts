import type { OrgId } from '#shared/kernel/ids.ts'
import { callAcrossOrgs, type Db, readRows } from '../db.ts'
import { sql } from '../sql.ts'

/** An event as it travels to every listener: serialised once. */
export type Frame = { seq: number; type: string; bytes: Buffer }

export const pageSize = 500

type EventRow = {
  seq: string
  id: string
  type: string
  version: number
  at: Date
  actor: unknown
  chain_id: string
  chain_depth: number
  payload: unknown
}

/** The next events of an org after `cursor`, in order, at most one page. */
export async function readFrames(db: Db, orgId: OrgId, cursor: number): Promise<Frame[]> {
  const rows = await readRows<EventRow>(
    db,
    orgId,
    sql`select seq, id, type, version, at, actor, chain_id, chain_depth, payload
          from events where org_id = ${orgId} and seq > ${cursor} order by seq limit ${pageSize}`,
  )
  const start = rows[0] && Number(rows[0].seq) > cursor + 1 ? await beginOf(db, orgId, cursor) : cursor
  return rows.map((row, index) => toFrame(orgId, row, start + 1 + index))
}

/** Where the log begins now, for who stood before: what its org's policy did not keep is gone. */
async function beginOf(db: Db, orgId: OrgId, cursor: number): Promise<number> {
  const [log] = await readRows<{ dropped: string }>(
    db,
    orgId,
    sql`select dropped_seq as dropped from audit_logs where org_id = ${orgId}`,
  )
  return Math.max(cursor, Number(log?.dropped ?? 0))
}

function toFrame(orgId: OrgId, row: EventRow, expected: number): Frame {
  const seq = Number(row.seq)
  if (seq !== expected) throw new Error(`event ${expected} of org ${orgId} is missing; the next is ${seq}`)
  const event = {
    id: row.id,
    orgId,
    seq,
    version: row.version,
    at: row.at.toISOString(),
    actor: row.actor,
    chain: { id: row.chain_id, depth: row.chain_depth },
    type: row.type,
    payload: row.payload,
  }
  return { seq, type: row.type, bytes: Buffer.from(`id: ${seq}\nevent: org\ndata: ${JSON.stringify(event)}\n\n`) }
}

/** The last number of each log. */
export async function readHeads(db: Db, orgIds: readonly OrgId[]): Promise<Map<OrgId, number>> {
  const rows = await callAcrossOrgs<{ org_id: OrgId; seq: string }>(db, sql`select * from log_heads(${orgIds})`)
  return new Map(rows.map((row) => [row.org_id, Number(row.seq)]))
}
