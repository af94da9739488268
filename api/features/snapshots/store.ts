import { z } from 'zod'
import type { OrgId, SnapshotId } from '#shared/kernel/ids.ts'
import type { EventActor } from '#shared/org-event.ts'
import type { Snapshot } from '#shared/snapshots/contract.ts'
import { type Db, type Reader, readRow, type Tx } from '../../kernel/db.ts'
import { json, type Sql, sql } from '../../kernel/sql.ts'

const rowsAtOnce = 100

/** The rows of a statement in slices, each as the text of its JSON. Only in a snapshot: all of them are of one moment. */
export async function* readCut(reader: Reader, cut: Sql): AsyncGenerator<string[]> {
  await reader.rows(sql`declare cut no scroll cursor for select cut_rows.row::text as line from (${cut}) cut_rows`)
  for (;;) {
    const rows = await reader.rows<{ line: string }>(fetchNext)
    if (rows.length > 0) yield rows.map((row) => row.line)
    if (rows.length < rowsAtOnce) break
  }
  await reader.rows(sql`close cut`)
}
const fetchNext: Sql = { ...sql``, text: `fetch forward ${rowsAtOnce} from cut` }

type OrgRow = { name: string; seq: string; at: Date }

export async function readOrg(reader: Reader): Promise<OrgRow | undefined> {
  return await reader.row<OrgRow>(sql`
    select o.name, s.seq, now() as at from orgs o join org_sequences s on s.org_id = o.id where o.id = ${reader.orgId}`)
}

export type NewSnapshot = {
  id: SnapshotId
  name: string
  takenBy: EventActor
  takenByName: string
  takenAt: string
  seq: number
  version: number
  contents: Readonly<Record<string, number>>
  bytes: number
  sha256: string
}

export async function insertSnapshot(tx: Tx, snapshot: NewSnapshot): Promise<void> {
  await tx.rows(sql`
    insert into snapshots (org_id, id, name, taken_by, taken_by_name, taken_at, seq, version, contents, bytes, sha256)
    values (${tx.orgId}, ${snapshot.id}, ${snapshot.name}, ${json(snapshot.takenBy)}::jsonb, ${snapshot.takenByName},
            ${snapshot.takenAt}, ${snapshot.seq}, ${snapshot.version}, ${json(snapshot.contents)}::jsonb, ${snapshot.bytes},
            ${snapshot.sha256})`)
}

export async function insertChunk(tx: Tx, id: SnapshotId, place: number, data: Buffer): Promise<void> {
  await tx.rows(sql`
    insert into snapshot_chunks (org_id, snapshot_id, place, data) values (${tx.orgId}, ${id}, ${place}, ${data})`)
}

/** The file of a snapshot, piece by piece. */
export async function* readChunks(db: Db, orgId: OrgId, id: SnapshotId): AsyncGenerator<Buffer> {
  for (let place = 0; ; place++) {
    const chunk = await readRow<{ data: Buffer }>(
      db,
      orgId,
      sql`select data from snapshot_chunks where org_id = ${orgId} and snapshot_id = ${id} and place = ${place}`,
    )
    if (!chunk) return
    yield chunk.data
  }
}

const Contents = z.record(z.string(), z.int())
type SnapshotRow = Omit<Snapshot, 'takenAt' | 'workspaces' | 'delegations' | 'memories'> & {
  takenAt: Date
  contents: unknown
}

const columns = sql`
  id, name, taken_at as "takenAt", taken_by_name as "takenByName", bytes::float8 as bytes, sha256, contents`

/** Newest first. */
export async function selectSnapshots(reader: Reader): Promise<Snapshot[]> {
  const rows = await reader.rows<SnapshotRow>(sql`
    select ${columns} from snapshots where org_id = ${reader.orgId} order by taken_at desc, id desc`)
  return rows.map(present)
}

export async function selectSnapshot(reader: Reader, id: SnapshotId): Promise<Snapshot | undefined> {
  const row = await reader.row<SnapshotRow>(sql`
    select ${columns} from snapshots where org_id = ${reader.orgId} and id = ${id}`)
  return row && present(row)
}

export async function deleteRow(tx: Tx, id: SnapshotId): Promise<boolean> {
  const gone = await tx.rows(sql`delete from snapshots where org_id = ${tx.orgId} and id = ${id} returning id`)
  return gone.length > 0
}

export async function countSnapshots(reader: Reader): Promise<number> {
  const found = await reader.row<{ count: number }>(sql`
    select count(*)::int as count from snapshots where org_id = ${reader.orgId}`)
  return found?.count ?? 0
}

function present({ takenAt, contents, ...row }: SnapshotRow): Snapshot {
  const { workspaces = 0, delegations = 0, memories = 0 } = Contents.parse(contents)
  return { ...row, takenAt: takenAt.toISOString(), workspaces, delegations, memories }
}
