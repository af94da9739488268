import type pg from 'pg'
import { z } from 'zod'
import type { OrgId } from '#shared/kernel/ids.ts'
import { connect, type Db } from './pool.ts'
import { prepared, type Sql } from './sql.ts'

export type Row = pg.QueryResultRow

/** One read of one org in one round trip: begin, set the org, read and commit travel together. */
export async function readRows<R extends Row>(db: Db, orgId: OrgId, query: Sql): Promise<R[]> {
  const client = await connect(db)
  try {
    const opened = open(client, 'begin read only', orgId)
    const read = client.query<R>(prepared(query))
    await allOf([opened, read, client.query('commit')])
    return (await read).rows
  } finally {
    client.release()
  }
}

export async function readRow<R extends Row>(db: Db, orgId: OrgId, query: Sql): Promise<R | undefined> {
  const rows = await readRows<R>(db, orgId, query)
  return rows[0]
}

/** Waits for all of them, then throws what the first failed one threw. */
export async function allOf(work: readonly Promise<unknown>[]): Promise<void> {
  const settled = await Promise.allSettled(work)
  const failed = settled.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
}

export type Begin = 'begin' | 'begin read only' | 'begin isolation level repeatable read read only'

/** Begins and sets the org in one message. Only a UUID, which needs no quoting, ever gets into its text. */
export async function open(client: pg.PoolClient, begin: Begin, orgId: OrgId): Promise<void> {
  await client.query(`${begin}; set local app.org_id = '${z.uuid().parse(orgId)}'`)
}
