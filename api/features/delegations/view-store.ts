import type {
  ActiveDelegation,
  DelegationState,
  ListDelegations,
  Requester,
  StepKind,
  StepState,
  WaitingFor,
} from '#shared/delegations/contract.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader } from '../../kernel/db.ts'
import { type Sql, sql } from '../../kernel/sql.ts'
import { joinWorkspace, workspaceName } from './workspace-name-store.ts'

export type DelegationRow = {
  id: DelegationId
  parentId: DelegationId | null
  rootId: DelegationId
  workspaceId: WorkspaceId
  workspaceName: string
  requester: Requester
  requesterName: string
  task: string
  state: DelegationState
  waitingFor: WaitingFor | null
  reason: string | null
  cancelReason: string | null
  answer: string | null
  isRehearsal: boolean
  priority: number
  depth: number
  stepsTaken: number
  stepLimit: number
  inputTokens: number
  outputTokens: number
  cost: number
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  queuePosition: number | null
}

/** Those that come before it, in the order in which places are given; no more are counted than anyone wants to know. */
const queuePosition = sql`
  case when d.state = 'queued' then (
    select 1 + count(*)::int from (
      select 1 from delegations other
       where other.org_id = d.org_id and other.workspace_id = d.workspace_id and other.state = 'queued'
         and other.cancel_asked_at is null
         and (not other.has_started, -other.priority, other.created_at, other.id)
           < (not d.has_started, -d.priority, d.created_at, d.id)
       limit 999) as before_it) end as "queuePosition"`

/** Every column of a delegation as it is shown, without its condition. */
export const view = sql`
  select d.id, d.parent_id as "parentId", d.root_id as "rootId", d.workspace_id as "workspaceId",
         ${workspaceName}, d.requester, d.requester_name as "requesterName", d.task, d.state,
         d.waiting_for as "waitingFor", d.reason, d.cancel_reason as "cancelReason", d.answer,
         d.is_rehearsal as "isRehearsal", d.priority, d.depth, d.steps_taken as "stepsTaken",
         d.step_limit as "stepLimit", d.input_tokens::float8 as "inputTokens",
         d.output_tokens::float8 as "outputTokens", d.cost::float8 as cost, d.created_at as "createdAt",
         d.started_at as "startedAt", d.finished_at as "finishedAt", ${queuePosition}
    from delegations d ${joinWorkspace}`

export async function findDelegation(reader: Reader, id: DelegationId): Promise<DelegationRow | undefined> {
  return await reader.row<DelegationRow>(sql`${view} where d.org_id = ${reader.orgId} and d.id = ${id}`)
}

/** Oldest first. */
export async function childrenOf(reader: Reader, id: DelegationId): Promise<DelegationRow[]> {
  return await reader.rows<DelegationRow>(sql`
    ${view} where d.org_id = ${reader.orgId} and d.parent_id = ${id} order by d.created_at, d.id limit 500`)
}

/** The delegation and all below it, those nearest to it first. */
export async function treeBelow(reader: Reader, id: DelegationId, limit: number): Promise<DelegationRow[]> {
  return await reader.rows<DelegationRow>(sql`
    ${view} where d.org_id = ${reader.orgId} and d.id in (${below(reader, id)})
     order by d.depth, d.created_at, d.id limit ${limit}`)
}

/** How many delegations that tree has. */
export async function sizeOfTree(reader: Reader, id: DelegationId): Promise<number> {
  const row = await reader.row<{ size: number }>(sql`select count(*)::int as size from (${below(reader, id)}) as tree`)
  return row?.size ?? 0
}

function below(reader: Reader, id: DelegationId): Sql {
  return sql`
    with recursive tree as (
      select id from delegations where org_id = ${reader.orgId} and id = ${id}
      union all
      select child.id from delegations child join tree on child.parent_id = tree.id
       where child.org_id = ${reader.orgId})
    select id from tree`
}

type Page = Omit<ListDelegations, 'orgId'>

/** Newest first. */
export function listQuery(orgId: string, { workspaceId, rootsOnly, before, limit }: Page): Sql {
  const inWorkspace = workspaceId ? sql`and d.workspace_id = ${workspaceId}` : sql``
  const onlyRoots = rootsOnly ? sql`and d.parent_id is null` : sql``
  const older = before ? sql`and d.created_at < ${before}` : sql``
  return sql`${view} where d.org_id = ${orgId} ${inWorkspace} ${onlyRoots} ${older}
    order by d.created_at desc, d.id desc limit ${limit}`
}

export type StepRow = {
  step: number
  kind: StepKind
  state: StepState
  name: string
  attempt: number
  childId: DelegationId | null
  input: unknown
  output: unknown
  error: string | null
  startedAt: Date | null
  finishedAt: Date | null
  inputTokens: number
  outputTokens: number
  cost: number
  isRehearsal: boolean
}

export const stepColumns = sql`
  step, kind, state, name, attempt, child_id as "childId", input, output, error, started_at as "startedAt",
  finished_at as "finishedAt", input_tokens::float8 as "inputTokens", output_tokens::float8 as "outputTokens",
  cost::float8 as cost, is_rehearsal as "isRehearsal"`

export async function stepsOf(reader: Reader, id: DelegationId): Promise<StepRow[]> {
  return await reader.rows<StepRow>(sql`
    select ${stepColumns}
      from steps where org_id = ${reader.orgId} and delegation_id = ${id} order by step`)
}

/** The steps of many delegations, each with whose it is. */
export async function stepsOfMany(
  reader: Reader,
  ids: readonly DelegationId[],
): Promise<(StepRow & { delegationId: DelegationId })[]> {
  return await reader.rows<StepRow & { delegationId: DelegationId }>(sql`
    select delegation_id as "delegationId", ${stepColumns}
      from steps where org_id = ${reader.orgId} and delegation_id = any (${ids}) order by delegation_id, step`)
}

type ActiveRow = Omit<ActiveDelegation, 'since'> & { since: Date }

export async function listAlive(reader: Reader): Promise<ActiveRow[]> {
  return await reader.rows<ActiveRow>(sql`
    select id, parent_id as "parentId", workspace_id as "workspaceId", from_workspace_id as "fromWorkspaceId", state,
           waiting_for as "waitingFor", coalesce(started_at, created_at) as since
      from delegations
     where org_id = ${reader.orgId} and state not in ('completed', 'failed', 'cancelled')
     order by created_at, id limit 10000`)
}

/** What each workspace spent since midnight UTC; those that spent nothing are left out. */
export async function spendToday(reader: Reader): Promise<{ workspaceId: WorkspaceId; today: number }[]> {
  return await reader.rows<{ workspaceId: WorkspaceId; today: number }>(sql`
    select d.workspace_id as "workspaceId", sum(s.cost)::float8 as today
      from steps s join delegations d on d.org_id = s.org_id and d.id = s.delegation_id
     where s.org_id = ${reader.orgId} and s.cost > 0
       and s.finished_at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'
     group by d.workspace_id`)
}

/** How many delegations of each workspace failed since midnight UTC; those where none did are left out. */
export async function failuresToday(reader: Reader): Promise<{ workspaceId: WorkspaceId; today: number }[]> {
  return await reader.rows<{ workspaceId: WorkspaceId; today: number }>(sql`
    select workspace_id as "workspaceId", count(*)::int as today
      from delegations
     where org_id = ${reader.orgId} and state = 'failed'
       and finished_at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'
     group by workspace_id`)
}

/** The newest event that is older than what is read together could be apart; at most so many events back. */
export async function settledSeq(reader: Reader, head: number): Promise<number> {
  const row = await reader.row<{ first: number | null }>(sql`
    select min(seq)::float8 as first from events
     where org_id = ${reader.orgId} and seq > ${head - mostUnsettled}::bigint and at >= now() - interval '5 seconds'`)
  return (row?.first ?? head + 1) - 1
}
const mostUnsettled = 500

export async function headOfLog(reader: Reader): Promise<number> {
  const row = await reader.row<{ seq: number }>(sql`
    select seq::float8 as seq from org_sequences where org_id = ${reader.orgId}`)
  return row?.seq ?? 0
}
