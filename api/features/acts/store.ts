import { z } from 'zod'
import { type ActId, type ActName, Change } from '#shared/acts/contract.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'

type NewAct = {
  id: ActId
  userId: UserId
  name: string
  changes: readonly Change[]
  mergeKey: string | null
}

/** False where an act has this id. */
export async function insertAct(tx: Tx, { id, userId, name, changes, mergeKey }: NewAct): Promise<boolean> {
  const inserted = await tx.rows(sql`
    insert into acts (org_id, id, user_id, name, changes, merge_key)
    values (${tx.orgId}, ${id}, ${userId}, ${name}, ${json(changes)}::jsonb, ${mergeKey})
    on conflict do nothing returning id`)
  return inserted.length > 0
}

/** What was taken back before a new act can no longer be done again. */
export async function dropUndone(tx: Tx, userId: UserId): Promise<void> {
  await tx.rows(sql`delete from acts where org_id = ${tx.orgId} and user_id = ${userId} and is_undone`)
}

export async function dropOldActs(tx: Tx, userId: UserId, keep: number): Promise<void> {
  await tx.rows(sql`
    delete from acts where (org_id, id) in (
      select org_id, id from acts where org_id = ${tx.orgId} and user_id = ${userId} order by turn desc offset ${keep})`)
}

type Stored = { id: ActId; changes: unknown }

/** The newest act, where it is of this key and was done a moment ago. */
export async function latestMergeable(
  tx: Tx,
  userId: UserId,
  mergeKey: string,
): Promise<{ id: ActId; changes: Change[] } | undefined> {
  const found = await tx.row<Stored>(sql`
    select id, changes from (
      select id, changes, merge_key, done_at from acts
       where org_id = ${tx.orgId} and user_id = ${userId} order by turn desc limit 1) latest
     where merge_key = ${mergeKey} and done_at > clock_timestamp() - interval '3 seconds'`)
  return found && { id: found.id, changes: parsed(found.changes) }
}

export async function extendAct(tx: Tx, id: ActId, changes: readonly Change[]): Promise<void> {
  await tx.rows(sql`
    update acts set changes = ${json(changes)}::jsonb, done_at = clock_timestamp()
     where org_id = ${tx.orgId} and id = ${id}`)
}

export type KeptAct = { id: ActId; name: string; changes: Change[]; isUndone: boolean }

/** An act of this person; another's is as good as unknown. */
export async function findAct(reader: Reader, userId: UserId, id: ActId): Promise<KeptAct | undefined> {
  const found = await reader.row<Stored & { name: string; isUndone: boolean }>(sql`
    select id, name, changes, is_undone as "isUndone" from acts
     where org_id = ${reader.orgId} and user_id = ${userId} and id = ${id}`)
  return found && { ...found, changes: parsed(found.changes) }
}

/** The name of an act of this person that can be taken back. */
export async function findDone(reader: Reader, userId: UserId, id: ActId): Promise<ActName | undefined> {
  const found = await reader.row<Omit<ActName, 'at'> & { at: Date }>(sql`
    select id, name, done_at as at from acts
     where org_id = ${reader.orgId} and user_id = ${userId} and id = ${id} and not is_undone`)
  return found && { ...found, at: found.at.toISOString() }
}

/** Marks it as taken back, or as done again; false where somebody did so in this moment. */
export async function turnAct(tx: Tx, id: ActId, isUndone: boolean): Promise<boolean> {
  const turned = await tx.rows(sql`
    update acts set is_undone = ${isUndone}, turn = nextval('acts_turns'), merge_key = null,
                    done_at = clock_timestamp()
     where org_id = ${tx.orgId} and id = ${id} and is_undone <> ${isUndone} returning id`)
  return turned.length > 0
}

/** The latest that was done and the latest that was taken back. */
export async function latestActs(
  reader: Reader,
  userId: UserId,
  without: readonly ActId[],
): Promise<{ done: ActName | undefined; undone: ActName | undefined }> {
  const rows = await reader.rows<Omit<ActName, 'at'> & { at: Date; isUndone: boolean }>(sql`
    select distinct on (is_undone) id, name, done_at as at, is_undone as "isUndone" from acts
     where org_id = ${reader.orgId} and user_id = ${userId} and id <> all (${[...without]}::uuid[])
     order by is_undone, turn desc`)
  const of = (isUndone: boolean) => {
    const row = rows.find((one) => one.isUndone === isUndone)
    return row && { id: row.id, name: row.name, at: row.at.toISOString() }
  }
  return { done: of(false), undone: of(true) }
}

function parsed(changes: unknown): Change[] {
  return z.array(Change).parse(changes)
}
