import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position, WorkspaceStatus } from '#shared/workspaces/contract.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, type Sql, sql } from '../../kernel/sql.ts'

/** A row with what its config.yaml says; null where it does not. */
export type WorkspaceRow = {
  id: WorkspaceId
  parentId: WorkspaceId | null
  name: string
  status: WorkspaceStatus
  position: Position | null
  role: string | null
  runtime: string | null
  model: string | null
  tier: number | null
  maxConcurrentTasks: number | null
  maxSteps: number | null
  maxOutputTokens: number | null
  repeatsModelCalls: boolean | null
  isPausedHere: boolean
  isFrozenHere: boolean
  isPaused: boolean
  isFrozen: boolean
  /** What of its config.yaml and its template says which keys it needs. */
  configEnv: unknown
  templateEnv: unknown
  /** Names of the keys there are for it. */
  keys: string[]
  /** What the model's name stands for in this organisation, where it is one of its own. */
  standsFor: string | null
  rehearses: boolean
  createdAt: Date
}

export type ChartRow = { id: WorkspaceId; parentId: WorkspaceId | null; name: string; role: string }

const config = sql`
  left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null`
const ofChart = sql`
  w.id, w.parent_id as "parentId", coalesce(f.config ->> 'name', w.name) as name`
const whole = sql`
  ${ofChart}, w.status, w.paused_at is not null as "isPausedHere", w.frozen_at is not null as "isFrozenHere",
  w.created_at as "createdAt",
  case when w.x is not null then jsonb_build_object('x', w.x, 'y', w.y) end as position,
  f.config ->> 'role' as role, f.config ->> 'runtime' as runtime, f.config ->> 'model' as model,
  (f.config ->> 'tier')::float8 as tier, (f.config ->> 'max_concurrent_tasks')::float8 as "maxConcurrentTasks",
  (f.config ->> 'max_steps')::float8 as "maxSteps", (f.config ->> 'max_output_tokens')::float8 as "maxOutputTokens",
  (f.config ->> 'repeat_model_calls')::boolean as "repeatsModelCalls", jsonb_build_object('required_env', f.config -> 'required_env', 'env', f.config -> 'env',
                     'runtime_config', f.config -> 'runtime_config') as "configEnv",
  jsonb_build_object('requiredEnv', w.declared -> 'requiredEnv') as "templateEnv",
  (select a.model from model_aliases a where a.org_id = w.org_id and a.name = f.config ->> 'model') as "standsFor",
  (select is_rehearsal from orgs where id = w.org_id) as rehearses,
  array(select s.name from secrets s where s.org_id = current_org() and s.workspace_id is null and s.deleted_at is null)
    || array(select s.name from secrets s
              where s.org_id = w.org_id and s.workspace_id = w.id and s.deleted_at is null) as keys`

/** Living workspaces, oldest first; of a pause and a freeze only what holds for the whole organisation. */
export async function selectLiving(reader: Reader): Promise<WorkspaceRow[]> {
  return await reader.rows<WorkspaceRow>(sql`
    select ${whole}, o.stopped_at is not null as "isPaused", o.frozen_at is not null as "isFrozen"
      from workspaces w join orgs o on o.id = w.org_id ${config}
     where w.org_id = ${reader.orgId} and w.deleted_at is null order by w.created_at, w.id`)
}

export async function selectOne(reader: Reader, id: WorkspaceId): Promise<WorkspaceRow | undefined> {
  return await reader.row<WorkspaceRow>(sql`
    select ${whole}, standing.is_paused as "isPaused", standing.is_frozen as "isFrozen"
      from workspaces w ${config} cross join lateral standing_of(w.org_id, w.id) standing
     where w.org_id = ${reader.orgId} and w.id = ${id} and w.deleted_at is null`)
}

/** Who is below whom, oldest first. */
export async function selectChart(reader: Reader): Promise<ChartRow[]> {
  return await reader.rows<ChartRow>(sql`
    select ${ofChart}, coalesce(f.config ->> 'role', '') as role from workspaces w ${config}
     where w.org_id = ${reader.orgId} and w.deleted_at is null order by w.created_at, w.id`)
}

export async function selectSeq(reader: Reader): Promise<number> {
  const found = await reader.row<{ seq: string }>(sql`select seq from org_sequences where org_id = ${reader.orgId}`)
  return Number(found?.seq ?? 0)
}

/**
 * Those who change the chart of an org come one after the other, so that two moves cannot make a circle. Readers and
 * everybody else go on.
 */
export async function lockChart(tx: Tx): Promise<void> {
  await tx.rows(sql`select 1 from orgs where id = ${tx.orgId} for no key update`)
}

/** Locks a living workspace until the end of the transaction; undefined when there is none. */
export async function lockRow(tx: Tx, id: WorkspaceId): Promise<{ id: WorkspaceId } | undefined> {
  return await tx.row(sql`
    select id from workspaces where org_id = ${tx.orgId} and id = ${id} and deleted_at is null for no key update`)
}

export type NewRow = {
  id: WorkspaceId
  parentId: WorkspaceId | null
  name: string
  position: Position | null
  template: string | null
  templatePath: string | null
  declared: Readonly<Record<string, unknown>>
}

export async function insertRow(tx: Tx, row: NewRow): Promise<void> {
  await tx.rows(sql`
    insert into workspaces (org_id, id, parent_id, name, x, y, template, template_path, declared, created_at)
    values (${tx.orgId}, ${row.id}, ${row.parentId}, ${row.name}, ${row.position?.x ?? null}, ${row.position?.y ?? null},
            ${row.template}, ${row.templatePath}, ${json(row.declared)}::jsonb, clock_timestamp())`)
}

/** Many at once, in the order given. */
export async function insertRows(tx: Tx, rows: readonly NewRow[]): Promise<void> {
  const numbered = rows.map(({ position, ...row }, place) => ({ ...row, ...position, place }))
  await tx.rows(sql`
    insert into workspaces (org_id, id, parent_id, name, x, y, template, template_path, declared, created_at)
    select ${tx.orgId}, id, "parentId", name, x, y, template, "templatePath", declared,
           clock_timestamp() + place * interval '1 microsecond'
      from jsonb_to_recordset(${json(numbered)}::jsonb)
        as w (id uuid, "parentId" uuid, name text, x float8, y float8, template text, "templatePath" text, declared jsonb, place int)
     order by place`)
}

export async function updateName(tx: Tx, id: WorkspaceId, name: string): Promise<void> {
  await updateLiving(tx, id, sql`name = ${name}`)
}

export async function updateDeclared(
  tx: Tx,
  id: WorkspaceId,
  declared: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  return await updateLiving(tx, id, sql`declared = ${json(declared)}::jsonb`)
}

export async function updateParent(
  tx: Tx,
  id: WorkspaceId,
  to: { parentId: WorkspaceId | null; position: Position | null },
): Promise<boolean> {
  const { parentId, position } = to
  return await updateLiving(
    tx,
    id,
    sql`parent_id = ${parentId}, x = ${position?.x ?? null}, y = ${position?.y ?? null}`,
  )
}

/** True when it lives. */
async function updateLiving(tx: Tx, id: WorkspaceId, change: Sql): Promise<boolean> {
  const changed = await tx.rows(sql`
    update workspaces set ${change} where org_id = ${tx.orgId} and id = ${id} and deleted_at is null returning id`)
  return changed.length > 0
}

export type Placement = { workspaceId: WorkspaceId; position: Position | null }

const markColumns = { paused: sql`paused_at`, frozen: sql`frozen_at` } as const
export type MarkName = keyof typeof markColumns

/** Set, or lifted. True where that changed anything. */
export async function setMark(tx: Tx, id: WorkspaceId, mark: MarkName, isSet: boolean): Promise<boolean> {
  const column = markColumns[mark]
  const changed = await tx.rows(sql`
    update workspaces set ${column} = case when ${isSet} then now() end
     where org_id = ${tx.orgId} and id = ${id} and deleted_at is null and (${column} is not null) <> ${isSet} returning id`)
  return changed.length > 0
}

export type Placed = { workspaceId: WorkspaceId; from: Position | null; to: Position | null }

/**
 * Gives those that live and were placed, with where they were. Rows are locked in one order, so that two people can place
 * at once.
 */
export async function updatePositions(tx: Tx, placements: readonly Placement[]): Promise<Placed[]> {
  const rows = placements.map(({ workspaceId, position }) => ({ id: workspaceId, ...position }))
  return await tx.rows<Placed>(sql`
    with spots as (
      select id, x, y from jsonb_to_recordset(${json(rows)}::jsonb) as spot (id uuid, x float8, y float8)
    ), living as (
      select w.id, spots.x, spots.y, w.x as from_x, w.y as from_y from workspaces w join spots using (id)
       where w.org_id = ${tx.orgId} and w.deleted_at is null order by w.id for no key update of w
    )
    update workspaces w set x = living.x, y = living.y from living
     where w.org_id = ${tx.orgId} and w.id = living.id
    returning w.id as "workspaceId", ${spot(sql`living.from_x`, sql`living.from_y`)} as "from",
              ${spot(sql`living.x`, sql`living.y`)} as "to"`)
}

function spot(x: Sql, y: Sql): Sql {
  return sql`case when ${x} is not null then jsonb_build_object('x', ${x}, 'y', ${y}) end`
}

export type Seat = { id: WorkspaceId; parentId: WorkspaceId | null; position: Position | null }

/** Where living workspaces stand in the chart and lie on the canvas. */
export async function selectSeats(reader: Reader, ids: readonly WorkspaceId[]): Promise<Seat[]> {
  return await reader.rows<Seat>(sql`
    select w.id, w.parent_id as "parentId", ${spot(sql`w.x`, sql`w.y`)} as position
      from workspaces w where w.org_id = ${reader.orgId} and w.id = any (${ids}) and w.deleted_at is null`)
}

/** Waits for everybody who holds or is about to point at one of these workspaces, then marks them. */
export async function markDeleted(tx: Tx, ids: readonly WorkspaceId[]): Promise<void> {
  await tx.rows(sql`
    with doomed as (
      select id from workspaces
       where org_id = ${tx.orgId} and id = any (${ids}) and deleted_at is null order by id for update
    )
    update workspaces w set deleted_at = now() from doomed where w.org_id = ${tx.orgId} and w.id = doomed.id`)
}

export type KnownRow = { id: WorkspaceId; parentId: WorkspaceId | null; isDeleted: boolean }

export async function selectKnown(tx: Tx, ids: readonly WorkspaceId[]): Promise<KnownRow[]> {
  return await tx.rows<KnownRow>(sql`
    select id, parent_id as "parentId", deleted_at is not null as "isDeleted" from workspaces
     where org_id = ${tx.orgId} and id = any (${ids}) order by id for no key update`)
}

/** Gives them back. A place in a template that somebody else has taken meanwhile is not taken twice. */
export async function markRestored(
  tx: Tx,
  restored: readonly { id: WorkspaceId; parentId: WorkspaceId | null }[],
): Promise<void> {
  await tx.rows(sql`
    update workspaces w
       set deleted_at = null, parent_id = back."parentId",
           template = case when taken.id is null then w.template end,
           template_path = case when taken.id is null then w.template_path end
      from jsonb_to_recordset(${json(restored)}::jsonb) as back (id uuid, "parentId" uuid)
      left join lateral (
        select other.id from workspaces me join workspaces other
            on other.org_id = me.org_id and other.template = me.template and other.template_path = me.template_path
           and other.deleted_at is null and other.id <> me.id
         where me.org_id = ${tx.orgId} and me.id = back.id limit 1
      ) taken on true
     where w.org_id = ${tx.orgId} and w.id = back.id`)
}

export async function countLiving(reader: Reader): Promise<number> {
  const found = await reader.row<{ count: number }>(sql`
    select count(*)::int as count from workspaces where org_id = ${reader.orgId} and deleted_at is null`)
  return found?.count ?? 0
}
