import type pg from 'pg'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { OrgFact } from '#shared/org-event.ts'
import type { Chain, OrgContext } from './actor.ts'
import { appendStatement, freshnessStatement } from './events/append.ts'
import { connect, type Db } from './pool.ts'
import { allOf, type Begin, open, type Row } from './read-rows.ts'
import { nothingToRedact, type Redactor } from './redact/create-redactor.ts'
import { forgetRedactor, type Known, knownOf } from './redact/redactor-of.ts'
import { maskedParameters, prepared, type Sql, sql } from './sql.ts'

export type { Db } from './pool.ts'
export { type Row, readRow, readRows } from './read-rows.ts'

/** Reads within one org; the database itself refuses rows of another. */
export type Reader = {
  readonly orgId: OrgId
  rows<R extends Row>(query: Sql): Promise<R[]>
  row<R extends Row>(query: Sql): Promise<R | undefined>
}

/**
 * A transaction of one org. `tell` keeps facts until the end: they are appended last, in the commit that makes them true.
 * Every text it writes is masked on its way (see redact/redactor-of.ts), except where a statement says `asTyped`.
 */
export type Tx = Reader & {
  /** What it masks with; for what goes on being used in memory as it was recorded. */
  readonly redactor: Redactor
  tell(fact: OrgFact, chain?: Chain): void
  /** Part of the transaction that may fail by itself: then nothing of it is kept, and the error is thrown. */
  attempt<T>(part: () => Promise<T>): Promise<T>
}

/** Several reads that must agree with each other: one read-only snapshot. */
export async function inSnapshot<T>(db: Db, orgId: OrgId, read: (reader: Reader) => Promise<T>): Promise<T> {
  return await onClient(db, 'begin isolation level repeatable read read only', orgId, async (client) => {
    const result = await read(readerOn(client, orgId))
    // It keeps nothing, so nobody waits for it: whatever this connection does next comes after it.
    client.query('commit').catch(() => {})
    return result
  })
}

const maskedTooEarly = 'DG001'
const retriable = new Set(['40001', '40P01', maskedTooEarly])
const maxTries = 4
/** Each time somebody else set a secret in between. */
const maxMaskings = 100

/** A deadlock, a serialisation failure or a secret set meanwhile: the whole transaction may be run once more. */
export function isRetriable(error: unknown): boolean {
  return retriable.has(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/**
 * All or nothing: `run` writes and tells, then the facts are appended as the last statement and the commit follows in the
 * same round trip. A deadlock or serialisation failure runs it again, so `run` does nothing but talk to the database.
 */
export async function inTransaction<T>(context: OrgContext, run: (tx: Tx) => Promise<T>): Promise<T> {
  const { db, orgId } = context
  let tries = 0
  let maskings = 0
  for (;;) {
    try {
      return await tryTransaction(context, await knownOf(db, orgId), run)
    } catch (error) {
      if (!isRetriable(error)) throw error
      const isStale = codeOf(error) === maskedTooEarly
      if (isStale) forgetRedactor(db, orgId)
      if (isStale ? ++maskings >= maxMaskings : ++tries >= maxTries) throw error
    }
  }
}

/** PostgreSQL's code for a statement after one that failed: says nothing of what went wrong. */
const abortedBefore = '25P02'

async function tryTransaction<T>(context: OrgContext, known: Known, run: (tx: Tx) => Promise<T>): Promise<T> {
  const { db, orgId } = context
  const { redactor } = known
  const told: { fact: OrgFact; chain: Chain | undefined }[] = []
  const result = await onClient(db, 'begin', orgId, async (client) => {
    const tx: Tx = {
      ...readerOn(client, orgId, redactor),
      redactor,
      tell: (fact, chain) => void told.push({ fact, chain }),
      attempt: (part) => attempt(client, told, part),
    }
    const value = await run(tx)
    const last: Promise<pg.QueryResult>[] = []
    if (told.length > 0) {
      const append = appendStatement(context, told, known.version)
      last.push(client.query(prepared(maskedParameters(append, redactor))))
    } else if (known.version !== null) {
      last.push(client.query(prepared(freshnessStatement(context, known.version))))
    }
    const ended = client.query('commit')
    await allOf([...last, ended]).catch(async (error: unknown) => {
      if (codeOf(error) === abortedBefore) requireCommitted(await ended)
      throw error
    })
    requireCommitted(await ended)
    return value
  })
  if (told.length > 0) db.onAppended(orgId)
  return result
}

async function attempt<T>(client: pg.PoolClient, told: unknown[], part: () => Promise<T>): Promise<T> {
  const before = told.length
  await client.query('savepoint part')
  try {
    const value = await part()
    await client.query('release savepoint part')
    return value
  } catch (error) {
    await client.query('rollback to savepoint part; release savepoint part')
    told.length = before
    throw error
  }
}

async function onClient<T>(
  db: Db,
  begin: Begin,
  orgId: OrgId,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await connect(db)
  let broken: Error | undefined
  try {
    // On the wire before everything else; should it fail, so does all that follows.
    const opened = open(client, begin, orgId)
    opened.catch(() => {})
    const result = await work(client)
    await opened
    return result
  } catch (error) {
    await client.query('rollback').catch((cause: unknown) => {
      broken = cause instanceof Error ? cause : new Error('rollback failed', { cause })
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** A statement that failed and whose error was swallowed makes the server answer COMMIT with ROLLBACK: nothing was kept. */
function requireCommitted(ended: pg.QueryResult): void {
  if (ended.command === 'COMMIT') return
  throw new Error('the transaction was rolled back: a statement in it had failed and its error was swallowed')
}

function readerOn(client: pg.PoolClient, orgId: OrgId, redactor: Redactor = nothingToRedact): Reader {
  const rows = async <R extends Row>(query: Sql) =>
    (await client.query<R>(prepared(maskedParameters(query, redactor)))).rows
  return { orgId, rows, row: async <R extends Row>(query: Sql) => (await rows<R>(query))[0] }
}

/** A call of one of the narrow owner functions that cross orgs (see the migrations); it sees no tenant row by itself. */
export async function callAcrossOrgs<R extends Row>(db: Db, query: Sql): Promise<R[]> {
  const client = await connect(db)
  try {
    return (await client.query<R>(prepared(query))).rows
  } finally {
    client.release()
  }
}

/** Is the database answering? For health and readiness. */
export async function ping(db: Db): Promise<void> {
  await callAcrossOrgs(db, sql`select 1`)
}
