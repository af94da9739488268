import type { DelegationState, Priority } from '#shared/delegations/contract.ts'
import type { DelegationId, OrgId, ScheduleId, UserId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { SkipCode } from '#shared/schedules/contract.ts'
import { callAcrossOrgs, type Db, type Reader, type Tx } from '../../kernel/db.ts'
import { type Sql, sql } from '../../kernel/sql.ts'

export type ScheduleRow = {
  id: ScheduleId
  workspaceId: WorkspaceId
  name: string
  cron: string
  timeZone: string
  task: string
  priority: Priority
  isEnabled: boolean
  version: number
  nextRunAt: Date | null
  lookAt: Date | null
  createdBy: string
  /** Who wrote the task as it stands; null where that is not known. */
  byUser: UserId | null
  createdAt: Date
}

const schedule = sql`
  s.id, s.workspace_id as "workspaceId", s.name, s.cron, s.time_zone as "timeZone", s.task, s.priority,
  s.is_enabled as "isEnabled", s.version, s.next_run_at as "nextRunAt", s.look_at as "lookAt",
  s.created_by as "createdBy", s.by_user as "byUser", s.created_at as "createdAt"`

export async function listSchedules(reader: Reader, workspaceId: WorkspaceId | undefined): Promise<ScheduleRow[]> {
  const inWorkspace = workspaceId ? sql`and s.workspace_id = ${workspaceId}` : sql``
  return await reader.rows<ScheduleRow>(sql`
    select ${schedule} from schedules s
     where s.org_id = ${reader.orgId} and s.deleted_at is null ${inWorkspace} order by s.created_at, s.id`)
}

/** Holds a schedule to the end of the transaction, with the database's time; also one that was deleted. */
export async function lockSchedule(
  tx: Tx,
  id: ScheduleId,
): Promise<(ScheduleRow & { now: Date; isDeleted: boolean }) | undefined> {
  return await tx.row<ScheduleRow & { now: Date; isDeleted: boolean }>(sql`
    select ${schedule}, now() as now, s.deleted_at is not null as "isDeleted" from schedules s
     where s.org_id = ${tx.orgId} and s.id = ${id} for update`)
}

export async function countSchedules(reader: Reader): Promise<number> {
  const found = await reader.row<{ count: number }>(sql`
    select count(*)::int as count from schedules where org_id = ${reader.orgId} and deleted_at is null`)
  return found?.count ?? 0
}

export async function readNow(reader: Reader): Promise<Date> {
  const found = await reader.row<{ now: Date }>(sql`select now() as now`)
  return found?.now ?? new Date()
}

type NewSchedule = Omit<ScheduleRow, 'isEnabled' | 'version' | 'lookAt' | 'createdAt'>

export async function insertSchedule(tx: Tx, given: NewSchedule): Promise<void> {
  await tx.rows(sql`
    insert into schedules (org_id, id, workspace_id, name, cron, time_zone, task, priority, next_run_at, look_at, created_by,
                           by_user)
    values (${tx.orgId}, ${given.id}, ${given.workspaceId}, ${given.name}, ${given.cron}, ${given.timeZone}, ${given.task},
            ${given.priority}, ${given.nextRunAt}, ${given.nextRunAt}, ${given.createdBy}, ${given.byUser})`)
}

type Content = Pick<ScheduleRow, 'name' | 'cron' | 'timeZone' | 'task' | 'priority' | 'byUser'>

export async function updateContent(tx: Tx, id: ScheduleId, content: Content): Promise<void> {
  const { name, cron, timeZone, task, priority, byUser } = content
  await update(
    tx,
    id,
    sql`name = ${name}, cron = ${cron}, time_zone = ${timeZone}, task = ${task}, priority = ${priority},
        by_user = ${byUser}, version = version + 1`,
  )
}

/** When it runs next, and not before: what it was deferred to is forgotten. */
export async function updateNextRun(tx: Tx, id: ScheduleId, nextRunAt: Date | null): Promise<void> {
  await update(tx, id, sql`next_run_at = ${nextRunAt}, look_at = ${nextRunAt}, claimed_until = null`)
}

/** The planned time stays; the clock looks again later. */
export async function updateLookIn(tx: Tx, id: ScheduleId, ms: number): Promise<void> {
  await update(tx, id, sql`look_at = now() + ${`${ms} milliseconds`}::interval, claimed_until = null`)
}

export async function markEnabled(tx: Tx, id: ScheduleId): Promise<void> {
  await update(tx, id, sql`is_enabled = true`)
}

export async function markDisabled(tx: Tx, id: ScheduleId): Promise<void> {
  await update(tx, id, sql`is_enabled = false, next_run_at = null, look_at = null, claimed_until = null`)
}

export async function markDeleted(tx: Tx, id: ScheduleId): Promise<void> {
  await update(tx, id, sql`deleted_at = now(), next_run_at = null, look_at = null, claimed_until = null`)
}

export async function markRestored(tx: Tx, id: ScheduleId): Promise<void> {
  await update(tx, id, sql`deleted_at = null`)
}

async function update(tx: Tx, id: ScheduleId, change: Sql): Promise<void> {
  await tx.rows(sql`update schedules set ${change} where org_id = ${tx.orgId} and id = ${id}`)
}

export type Claimed = { orgId: OrgId; scheduleId: ScheduleId }

export async function claimDue(db: Db, wanted: number, leaseMs: number): Promise<Claimed[]> {
  return await callAcrossOrgs<Claimed>(
    db,
    sql`select org_id as "orgId", schedule_id as "scheduleId"
          from claim_schedules(${wanted}, ${`${leaseMs} milliseconds`}::interval)`,
  )
}

/** A firing that hangs must not hold the others up. */
export async function limitStatements(tx: Tx, ms: number): Promise<void> {
  await tx.rows(sql`select set_config('statement_timeout', ${String(ms)}, true)`)
}

/** What stands in the way of new work in a workspace. */
export type Standing = { isStopped: boolean; isPaused: boolean; isRemoved: boolean; name: string }

export async function readStanding(reader: Reader, workspaceId: WorkspaceId): Promise<Standing | undefined> {
  return await reader.row<Standing>(sql`
    select o.stopped_at is not null as "isStopped", standing.is_paused as "isPaused", w.deleted_at is not null as "isRemoved",
           coalesce(f.config ->> 'name', w.name) as name
      from workspaces w
      join orgs o on o.id = w.org_id
      cross join lateral standing_of(w.org_id, w.id) standing
      left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
     where w.org_id = ${reader.orgId} and w.id = ${workspaceId}`)
}

/** Its work that has not ended: there is at most one. */
export async function findAlive(
  reader: Reader,
  id: ScheduleId,
): Promise<{ delegationId: DelegationId; state: DelegationState } | undefined> {
  return await reader.row<{ delegationId: DelegationId; state: DelegationState }>(sql`
    select d.id as "delegationId", d.state
      from schedule_runs r join delegations d on d.org_id = r.org_id and d.id = r.delegation_id
     where r.org_id = ${reader.orgId} and r.schedule_id = ${id} and d.finished_at is null limit 1`)
}

/** The run that was started last, if that was less than this long ago. */
export async function findJustFired(
  reader: Reader,
  id: ScheduleId,
  withinMs: number,
): Promise<{ delegationId: DelegationId; by: string | null } | undefined> {
  return await reader.row<{ delegationId: DelegationId; by: string | null }>(sql`
    select delegation_id as "delegationId", run_by as by from schedule_runs
     where org_id = ${reader.orgId} and schedule_id = ${id} and outcome = 'fired'
       and created_at > now() - ${`${withinMs} milliseconds`}::interval
     order by created_at desc limit 1`)
}

type Fired = {
  id: ScheduleId
  plannedAt: Date
  trigger: 'clock' | 'person'
  by: string | null
  delegationId: DelegationId
}

export async function insertFired(tx: Tx, { id, plannedAt, trigger, by, delegationId }: Fired): Promise<void> {
  await tx.rows(sql`
    insert into schedule_runs (org_id, schedule_id, planned_at, last_at, outcome, trigger, run_by, delegation_id)
    values (${tx.orgId}, ${id}, ${plannedAt}, ${plannedAt}, 'fired', ${trigger}, ${by}, ${delegationId})`)
}

type Skipped = { id: ScheduleId; plannedAt: Date; code: SkipCode; reason: string }

/** False where it only added to a row that says the same. */
export async function recordSkip(tx: Tx, { id, plannedAt, code, reason }: Skipped): Promise<boolean> {
  const counted = await tx.rows(sql`
    update schedule_runs set times = times + 1, last_at = ${plannedAt}
     where org_id = ${tx.orgId} and schedule_id = ${id} and outcome = 'skipped' and code = ${code} and reason = ${reason}
       and planned_at = (select planned_at from schedule_runs
                          where org_id = ${tx.orgId} and schedule_id = ${id} order by created_at desc, planned_at desc limit 1)
    returning 1`)
  if (counted.length > 0) return false
  await tx.rows(sql`
    insert into schedule_runs (org_id, schedule_id, planned_at, last_at, outcome, trigger, code, reason)
    values (${tx.orgId}, ${id}, ${plannedAt}, ${plannedAt}, 'skipped', 'clock', ${code}, ${reason})
    on conflict do nothing`)
  return true
}

/** The history is kept this long a list. */
export async function dropOldRuns(tx: Tx, id: ScheduleId, keep: number): Promise<void> {
  await tx.rows(sql`
    delete from schedule_runs r using (
      select planned_at from schedule_runs where org_id = ${tx.orgId} and schedule_id = ${id}
       order by created_at desc offset ${keep}
    ) old where r.org_id = ${tx.orgId} and r.schedule_id = ${id} and r.planned_at = old.planned_at`)
}

export type RunRow = {
  scheduleId: ScheduleId
  plannedAt: Date
  lastAt: Date
  times: number
  outcome: 'fired' | 'skipped'
  trigger: 'clock' | 'person'
  by: string | null
  code: SkipCode | null
  reason: string | null
  delegationId: DelegationId | null
  state: DelegationState | null
  result: string | null
  finishedAt: Date | null
}

/** The latest runs of these schedules, newest first, so many of each. */
export async function listRuns(reader: Reader, ids: readonly ScheduleId[], each: number): Promise<RunRow[]> {
  return await reader.rows<RunRow>(sql`
    select r.schedule_id as "scheduleId", r.planned_at as "plannedAt", r.last_at as "lastAt", r.times, r.outcome, r.trigger,
           r.run_by as by, r.code, r.reason, r.delegation_id as "delegationId", d.state,
           left(coalesce(d.answer, d.reason, d.cancel_reason), 300) as result, d.finished_at as "finishedAt"
      from unnest(${ids}::uuid[]) asked (id)
      cross join lateral (
        select * from schedule_runs where org_id = ${reader.orgId} and schedule_id = asked.id
         order by created_at desc, planned_at desc limit ${each}
      ) r
      left join delegations d on d.org_id = r.org_id and d.id = r.delegation_id
     order by r.schedule_id, r.created_at desc, r.planned_at desc`)
}

/** The template's schedules of a living workspace whose names no schedule has, or had. */
export async function listDeclaredRows(reader: Reader, workspaceId: WorkspaceId): Promise<unknown[]> {
  const rows = await reader.rows<{ declared: unknown }>(sql`
    select declared.value as declared
      from workspaces w
      cross join lateral jsonb_array_elements(case when jsonb_typeof(w.declared -> 'schedules') = 'array'
                                                   then w.declared -> 'schedules' else '[]' end) declared
     where w.org_id = ${reader.orgId} and w.id = ${workspaceId} and w.deleted_at is null
       and not exists (select from schedules s where s.org_id = w.org_id and s.workspace_id = w.id
                          and s.name = trim(declared.value ->> 'name'))`)
  return rows.map((row) => row.declared)
}

/** Two people who take over the same schedules come one after the other. */
export async function lockWorkspaceSchedules(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${workspaceId}, 20262))`)
}
