import type { ApprovalRule, ApprovalRuleId, ApprovalState, ListApprovals } from '#shared/approvals/contract.ts'
import type { ApprovalId, DelegationId, KeyId, OrgId, UserId, WorkspaceId } from '#shared/kernel/ids.ts'
import { callAcrossOrgs, type Db, type Reader, type Tx } from '../../kernel/db.ts'
import { json, type Sql, sql } from '../../kernel/sql.ts'

export async function selectRules(reader: Reader): Promise<ApprovalRule[]> {
  return await reader.rows<ApprovalRule>(sql`
    select r.id, r.effect, r.tool, r.workspace_id as "workspaceId", r.with_team as "withTeam", r.role,
           r.min_tier as "minTier", r.max_tier as "maxTier", r.min_cost::float8 as "minCost",
           r.expires_seconds as "expiresSeconds", r.escalate
      from approval_rules r where r.org_id = ${reader.orgId} order by r.created_at, r.id`)
}

export async function upsertRule(tx: Tx, rule: ApprovalRule, by: string): Promise<void> {
  await tx.rows(sql`
    insert into approval_rules (org_id, id, effect, tool, workspace_id, with_team, role, min_tier, max_tier, min_cost,
                                expires_seconds, escalate, created_by)
    values (${tx.orgId}, ${rule.id}, ${rule.effect}, ${rule.tool}, ${rule.workspaceId}, ${rule.withTeam}, ${rule.role},
            ${rule.minTier}, ${rule.maxTier}, ${rule.minCost}, ${rule.expiresSeconds}, ${rule.escalate}, ${by})
    on conflict (org_id, id) do update
       set effect = excluded.effect, tool = excluded.tool, workspace_id = excluded.workspace_id,
           with_team = excluded.with_team, role = excluded.role, min_tier = excluded.min_tier,
           max_tier = excluded.max_tier, min_cost = excluded.min_cost, expires_seconds = excluded.expires_seconds,
           escalate = excluded.escalate`)
}

/** True where there was one. */
export async function deleteRule(tx: Tx, id: ApprovalRuleId): Promise<boolean> {
  const gone = await tx.rows(sql`
    delete from approval_rules where org_id = ${tx.orgId} and id = ${id} returning id`)
  return gone.length > 0
}

export type WholeArgs = { chars: number; sha256: string }

export type NewApproval = {
  id: ApprovalId
  delegationId: DelegationId
  step: number
  workspaceId: WorkspaceId
  kind: 'tool' | 'model'
  tool: string
  args: string
  /** Null where `args` is all of them. */
  whole: WholeArgs | null
  assignedTo: WorkspaceId | null
  expiresSeconds: number
}

/** How long each workspace above has: a third of the whole time, so that people are left with some of it. */
const shares = 3

/** The same step asks once: gives the id of the question that is there, and whether it is new. */
export async function insertApproval(tx: Tx, given: NewApproval): Promise<{ id: ApprovalId; isNew: boolean }> {
  const every = `${given.expiresSeconds / shares} seconds`
  const row = await tx.row<{ id: ApprovalId; isNew: boolean }>(sql`
    with added as (
      insert into approvals (org_id, id, delegation_id, step, workspace_id, kind, tool, args, args_chars, args_sha256, state,
                             assigned_to, escalate_at, escalate_every, expires_at)
      values (${tx.orgId}, ${given.id}, ${given.delegationId}, ${given.step}, ${given.workspaceId}, ${given.kind},
              ${given.tool}, ${given.args}, ${given.whole?.chars ?? null}, ${given.whole?.sha256 ?? null}, 'pending', ${given.assignedTo},
              case when ${given.assignedTo}::uuid is not null then now() + ${every}::interval end, ${every}::interval,
              now() + ${given.expiresSeconds} * interval '1 second')
      on conflict (org_id, delegation_id, step) do nothing returning id
    )
    select id, true as "isNew" from added
    union all
    select id, false from approvals
     where org_id = ${tx.orgId} and delegation_id = ${given.delegationId} and step = ${given.step} limit 1`)
  if (!row) throw new Error('the approval was neither written nor found')
  return row
}

/** The workspace and those above it, nearest first; as high as every walk up the chart. */
export async function selectLine(reader: Reader, id: WorkspaceId): Promise<{ id: WorkspaceId; name: string }[]> {
  return await reader.rows(sql`
    with recursive line as (
      select w.id, w.parent_id, w.name, 0 as height from workspaces w where w.org_id = ${reader.orgId} and w.id = ${id}
      union all
      select w.id, w.parent_id, w.name, line.height + 1 from line
        join workspaces w on w.org_id = ${reader.orgId} and w.id = line.parent_id and w.deleted_at is null
       where line.height < 32
    )
    select line.id, coalesce(f.config ->> 'name', line.name) as name from line
      left join files f on f.org_id = ${reader.orgId} and f.workspace_id = line.id and f.path = 'config.yaml'
                        and f.deleted_at is null
     order by line.height`)
}

export async function parentOf(reader: Reader, id: WorkspaceId): Promise<WorkspaceId | null> {
  const row = await reader.row<{ parentId: WorkspaceId | null }>(sql`
    select p.id as "parentId" from workspaces w
      join workspaces p on p.org_id = w.org_id and p.id = w.parent_id and p.deleted_at is null
     where w.org_id = ${reader.orgId} and w.id = ${id}`)
  return row?.parentId ?? null
}

export type Standing = {
  id: ApprovalId
  delegationId: DelegationId
  workspaceId: WorkspaceId
  assignedTo: WorkspaceId | null
  state: ApprovalState
  tool: string
  isExpired: boolean
  isToEscalate: boolean
}

export async function findStanding(reader: Reader, id: ApprovalId): Promise<Standing | undefined> {
  return await reader.row<Standing>(sql`
    select id, delegation_id as "delegationId", workspace_id as "workspaceId", assigned_to as "assignedTo", state, tool,
           expires_at <= now() as "isExpired", coalesce(escalate_at <= now(), false) as "isToEscalate"
      from approvals where org_id = ${reader.orgId} and id = ${id}`)
}

type Decision = {
  state: Exclude<ApprovalState, 'pending'>
  by: { kind: string; id: string }
  byName: string
  reason: string
}

/** False where it was answered meanwhile. The delegation's queue entry must be locked. */
export async function writeDecision(tx: Tx, id: ApprovalId, { state, by, byName, reason }: Decision): Promise<boolean> {
  const rows = await tx.rows(sql`
    update approvals
       set state = ${state}, decided_at = now(), decided_by = ${json(by)}::jsonb, decided_by_name = ${byName},
           reason = ${reason}
     where org_id = ${tx.orgId} and id = ${id} and state = 'pending' returning id`)
  return rows.length > 0
}

/**
 * Did this person give the whole of the work the question belongs to, themselves, by a key they made, by the token of an agent
 * or by a schedule? Or did they say anything into it before it asked? Of a key: did whoever made it?
 */
export async function hadTheirHandIn(
  reader: Reader,
  id: ApprovalId,
  by: { userId: UserId } | { keyId: KeyId },
): Promise<boolean> {
  const hands =
    'userId' in by
      ? sql`${by.userId}`
      : sql`(select created_by from api_keys where org_id = ${reader.orgId} and id = ${by.keyId})`
  const row = await reader.row<{ is: boolean }>(sql`
    select coalesce(coalesce(root.requester ->> 'userId', k.created_by) = ${hands}, false)
           or coalesce(root.requester -> 'onBehalfOf' @> to_jsonb(${hands}::text), false)
           or exists (select from delegations part
                        join steps said on said.org_id = part.org_id and said.delegation_id = part.id
                       where part.org_id = root.org_id and part.root_id = root.id and said.kind = 'note'
                         and said.name = 'message' and said.finished_at <= a.created_at
                         and said.output ->> 'byUser' = ${hands}) as is
      from approvals a
      join delegations d on d.org_id = a.org_id and d.id = a.delegation_id
      join delegations root on root.org_id = d.org_id and root.id = d.root_id
      left join api_keys k on k.org_id = root.org_id and k.id::text = root.requester ->> 'keyId'
     where a.org_id = ${reader.orgId} and a.id = ${id}`)
  return row?.is ?? false
}

/** Members beside this one who may answer. */
export async function countOthers(reader: Reader, userId: UserId): Promise<number> {
  const row = await reader.row<{ count: number }>(sql`
    select count(*)::int as count from members
     where org_id = ${reader.orgId} and user_id <> ${userId} and role <> 'viewer'`)
  return row?.count ?? 0
}

export type Withdrawn = { id: ApprovalId; delegationId: DelegationId; workspaceId: WorkspaceId }

export async function withdrawPending(tx: Tx, delegationIds: readonly DelegationId[]): Promise<Withdrawn[]> {
  return await tx.rows<Withdrawn>(sql`
    update approvals
       set state = 'withdrawn', decided_at = now(), decided_by_name = 'the engine', decided_by = '{"kind":"system","id":"engine"}',
           reason = 'The work it belonged to has ended.'
     where org_id = ${tx.orgId} and delegation_id = any (${delegationIds}) and state = 'pending'
    returning id, delegation_id as "delegationId", workspace_id as "workspaceId"`)
}

export type Decided = {
  approvalId: ApprovalId
  step: number
  decision: Exclude<ApprovalState, 'pending'>
  by: string
  reason: string
}

export async function selectDecided(reader: Reader, id: DelegationId): Promise<Decided[]> {
  return await reader.rows<Decided>(sql`
    select id as "approvalId", step, state as decision, decided_by_name as by, reason from approvals
     where org_id = ${reader.orgId} and delegation_id = ${id} and state <> 'pending' order by decided_at, step`)
}

/** To the workspace given, or to people. */
export async function passUp(tx: Tx, id: ApprovalId, to: WorkspaceId | null): Promise<boolean> {
  const rows = await tx.rows(sql`
    update approvals
       set assigned_to = ${to}, escalate_at = case when ${to}::uuid is not null then now() + escalate_every end
     where org_id = ${tx.orgId} and id = ${id} and state = 'pending' returning id`)
  return rows.length > 0
}

export type Due = { orgId: OrgId; approvalId: ApprovalId; delegationId: DelegationId }

export async function selectDue(db: Db, wanted: number): Promise<Due[]> {
  return await callAcrossOrgs<Due>(
    db,
    sql`select org_id as "orgId", approval_id as "approvalId", delegation_id as "delegationId" from approvals_due(${wanted})`,
  )
}

export type ApprovalRow = {
  id: ApprovalId
  delegationId: DelegationId
  step: number
  workspaceId: WorkspaceId
  workspaceName: string
  kind: 'tool' | 'model'
  tool: string
  args: string
  whole: WholeArgs | null
  task: string
  state: ApprovalState
  assignedTo: WorkspaceId | null
  assignedToName: string | null
  createdAt: Date
  expiresAt: Date
  decidedAt: Date | null
  decidedBy: string | null
  reason: string
}

const view = sql`
  select a.id, a.delegation_id as "delegationId", a.step, a.workspace_id as "workspaceId",
         coalesce(f.config ->> 'name', w.name) as "workspaceName", a.kind, a.tool, a.args, d.task,
         case when a.args_chars is not null then jsonb_build_object('chars', a.args_chars, 'sha256', a.args_sha256) end as whole,
         a.state,
         a.assigned_to as "assignedTo", above.name as "assignedToName", a.created_at as "createdAt",
         a.expires_at as "expiresAt", a.decided_at as "decidedAt", a.decided_by_name as "decidedBy", a.reason
    from approvals a
    join delegations d on d.org_id = a.org_id and d.id = a.delegation_id
    join workspaces w on w.org_id = a.org_id and w.id = a.workspace_id
    left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
    left join workspaces above on above.org_id = a.org_id and above.id = a.assigned_to`

/** What waits, oldest first, or what was answered, newest first. */
export async function selectApprovals(
  reader: Reader,
  { which, delegationId, before, limit }: Page,
): Promise<ApprovalRow[]> {
  return await reader.rows<ApprovalRow>(sql`
    ${view} where a.org_id = ${reader.orgId} ${delegationId ? sql`and a.delegation_id = ${delegationId}` : sql``}
    ${filterOf(which, before)} limit ${limit}`)
}

export async function selectAssigned(reader: Reader, to: WorkspaceId): Promise<ApprovalRow[]> {
  return await reader.rows<ApprovalRow>(sql`
    ${view} where a.org_id = ${reader.orgId} and a.state = 'pending' and a.assigned_to = ${to} order by a.created_at limit 50`)
}

export async function countPending(reader: Reader): Promise<number> {
  const row = await reader.row<{ count: number }>(sql`
    select count(*)::int as count from approvals where org_id = ${reader.orgId} and state = 'pending'`)
  return row?.count ?? 0
}

type Page = Omit<ListApprovals, 'orgId'>

function filterOf(which: Page['which'], before: Page['before']): Sql {
  if (which === 'pending') return sql`and a.state = 'pending' order by a.created_at, a.id`
  const older = before ? sql`and a.decided_at < ${before}` : sql``
  return sql`and a.state <> 'pending' ${older} order by a.decided_at desc, a.id`
}
