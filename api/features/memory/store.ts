import type { MemoryId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Memory, MemoryKind, MemoryScope } from '#shared/memory/contract.ts'
import type { memorySorts } from '#shared/memory/limits.ts'
import type { EventActor } from '#shared/org-event.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, type Sql, sql } from '../../kernel/sql.ts'

type MemoryRow = Omit<Memory, 'createdAt' | 'usedAt' | 'why'> & {
  createdAt: Date
  usedAt: Date | null
  why?: Memory['why']
}

/** What a reader may recall: which scopes, and whose TEAM memories. */
export type Sight = {
  reader: WorkspaceId
  team: readonly WorkspaceId[]
  scopes: readonly MemoryScope[]
  kind: MemoryKind | undefined
}

const columns = sql`
  m.id, m.workspace_id as "workspaceId", coalesce(f.config ->> 'name', w.name) as "workspaceName", m.scope, m.kind,
         m.text, m.importance::float8 as importance, m.pinned, m.written_by_name as "writtenByName", m.created_at as "createdAt",
         m.used_at as "usedAt"`

const from = sql`
    from memories m
    join workspaces w on w.org_id = m.org_id and w.id = m.workspace_id
    left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null`

type Sort = (typeof memorySorts)[number]

export async function selectSorted(reader: Reader, sight: Sight, sort: Sort, limit: number): Promise<Memory[]> {
  return await select(reader, sight, { condition: sql`true`, sort, limit })
}

/** Those that say exactly this somewhere. */
export async function selectSaying(reader: Reader, sight: Sight, said: string, limit: number): Promise<Memory[]> {
  const pattern = `%${said.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`
  return await select(reader, sight, { condition: sql`m.text ilike ${pattern}`, sort: 'newest', limit })
}

const orders = {
  newest: sql`m.created_at desc, m.id desc`,
  importance: sql`m.pinned desc, m.importance desc, m.created_at desc, m.id desc`,
  used: sql`m.used_at desc nulls last, m.created_at desc, m.id desc`,
} as const satisfies Record<Sort, Sql>

type Which = { condition: Sql; sort: Sort; limit: number }

async function select(reader: Reader, sight: Sight, { condition, sort, limit }: Which): Promise<Memory[]> {
  const { scopes, team, kind = null } = sight
  const rows = await reader.rows<MemoryRow>(sql`
    select ${columns} ${from}
     where m.org_id = ${reader.orgId} and m.deleted_at is null and m.scope = any (${scopes})
       and (m.scope = 'GLOBAL' or (m.scope = 'LOCAL' and m.workspace_id = ${sight.reader})
            or (m.scope = 'TEAM' and m.workspace_id = any (${team})))
       and (${kind}::text is null or m.kind = ${kind}) and ${condition}
     order by ${orders[sort]} limit ${limit}`)
  return rows.map(present)
}

/** Any of the words, also as beginnings of words; best first. */
export async function searchWords(
  reader: Reader,
  sight: Sight,
  words: readonly string[],
  limit: number,
): Promise<Memory[]> {
  const asked = words.map((word) => `'${word}':*`).join(' | ')
  const { team, scopes, kind = null } = sight
  const rows = await reader.rows<MemoryRow>(sql`
    select ${columns}, jsonb_build_object('fits', found.fits, 'fresh', found.fresh, 'weighs', found.weighs) as why ${from}
      join search_memories(${sight.reader}, ${team}, ${scopes}, ${kind}, ${asked}::tsquery, ${limit}) found on found.id = m.id
     where m.org_id = ${reader.orgId}
     order by found.score desc, m.created_at desc, m.id`)
  return rows.map(present)
}

/** For those that an agent recalled. Rows somebody else holds are left out: it is only a mark. */
export async function markUsed(tx: Tx, ids: readonly MemoryId[]): Promise<void> {
  await tx.rows(sql`
    with found as (
      select id from memories where org_id = ${tx.orgId} and id = any (${ids}) order by id for update skip locked
    )
    update memories m set used_at = now() from found where m.org_id = ${tx.orgId} and m.id = found.id`)
}

export type NewMemory = {
  id: MemoryId
  workspaceId: WorkspaceId
  scope: MemoryScope
  kind: MemoryKind
  text: string
  importance: number
  writtenBy: EventActor
  writtenByName: string
}

export async function insertMemory(tx: Tx, memory: NewMemory): Promise<void> {
  await tx.rows(sql`
    insert into memories (org_id, id, workspace_id, scope, kind, text, importance, written_by, written_by_name)
    values (${tx.orgId}, ${memory.id}, ${memory.workspaceId}, ${memory.scope}, ${memory.kind}, ${memory.text},
            ${memory.importance}, ${json(memory.writtenBy)}::jsonb, ${memory.writtenByName})`)
}

type Same = Pick<NewMemory, 'workspaceId' | 'scope' | 'text' | 'importance'>

/** Said by this workspace before, in the same words: it then matters at least as much as now. Gives that memory's id. */
export async function raiseSame(tx: Tx, same: Same): Promise<MemoryId | undefined> {
  const found = await tx.row<{ id: MemoryId }>(sql`
    update memories set importance = greatest(importance, ${same.importance}::real), used_at = now()
     where (org_id, id) = (
       select org_id, id from memories
        where org_id = ${tx.orgId} and workspace_id = ${same.workspaceId} and md5(text) = md5(${same.text})
          and text = ${same.text} and scope = ${same.scope} and deleted_at is null
        order by id limit 1 for update)
    returning id`)
  return found?.id
}

export async function countMemories(reader: Reader, workspaceId: WorkspaceId): Promise<number> {
  const found = await reader.row<{ count: number }>(sql`
    select count(*)::int as count from memories
     where org_id = ${reader.orgId} and workspace_id = ${workspaceId} and deleted_at is null`)
  return found?.count ?? 0
}

/** How many memories each workspace shares with its team; those that share none are left out. */
export async function countTeamMemories(reader: Reader): Promise<Map<WorkspaceId, number>> {
  const rows = await reader.rows<{ id: WorkspaceId; count: number }>(sql`
    select workspace_id as id, count(*)::int as count from memories
     where org_id = ${reader.orgId} and scope = 'TEAM' and deleted_at is null group by workspace_id`)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

type Owned = { workspaceId: WorkspaceId; scope: MemoryScope }

/** Locks a living memory; undefined where there is none. */
export async function lockMemory(tx: Tx, id: MemoryId): Promise<Owned | undefined> {
  return await tx.row<Owned>(sql`
    select workspace_id as "workspaceId", scope from memories
     where org_id = ${tx.orgId} and id = ${id} and deleted_at is null for update`)
}

/** Undefined where there is no such living memory. */
export async function updateMemory(
  tx: Tx,
  id: MemoryId,
  { importance = null, pinned = null }: { importance?: number | null; pinned?: boolean | null },
): Promise<WorkspaceId | undefined> {
  const row = await tx.row<{ workspaceId: WorkspaceId }>(sql`
    update memories set importance = coalesce(${importance}::real, importance), pinned = coalesce(${pinned}::boolean, pinned),
           faded_at = case when ${importance}::real is null then faded_at else now() end
     where org_id = ${tx.orgId} and id = ${id} and deleted_at is null returning workspace_id as "workspaceId"`)
  return row?.workspaceId
}

export async function markForgotten(tx: Tx, id: MemoryId): Promise<void> {
  await tx.rows(sql`update memories set deleted_at = now() where org_id = ${tx.orgId} and id = ${id}`)
}

/** Undefined where it was never there, was not forgotten, or is erased by now. */
export async function unmarkForgotten(tx: Tx, id: MemoryId): Promise<Owned | undefined> {
  return await tx.row<Owned>(sql`
    update memories set deleted_at = null, kept_until = null where org_id = ${tx.orgId} and id = ${id} and deleted_at is not null
    returning workspace_id as "workspaceId", scope`)
}

function present({ createdAt, usedAt, why = null, ...row }: MemoryRow): Memory {
  return { ...row, why, createdAt: createdAt.toISOString(), usedAt: usedAt?.toISOString() ?? null }
}
