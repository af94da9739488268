import { type Priority, priorityRank, type StepKind, type WaitingFor } from '#shared/delegations/contract.ts'
import { deciderVersion, stepLimit, stepsTaken } from '#shared/delegations/decide.ts'
import { isSettled, isTerminal, type Journal, type RecordedStep, WorkContext } from '#shared/delegations/journal.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { MicroDollars } from '#shared/kernel/money.ts'
import type { Chain } from '../../kernel/actor.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, type Sql, sql } from '../../kernel/sql.ts'
import type { Settle } from '../budgets/index.ts'
import { lease, letGo, type StepClaim } from './queue-store.ts'
import { joinWorkspace, workspaceName } from './workspace-name-store.ts'

/** A delegation as the engine needs it: its journal, and where it stands among others. */
export type Loaded = {
  journal: Journal
  /** The call that waits, or asked, for this delegation. */
  parent: { id: DelegationId; step: number; workspaceId: WorkspaceId } | null
  place: { parentId: DelegationId | null; rootId: DelegationId; priority: Priority }
  fromWorkspaceId: WorkspaceId | null
  workspaceName: string
  isWorkspaceRemoved: boolean
  requesterName: string
  hasStarted: boolean
  waitingFor: WaitingFor | null
  cost: number
  chain: Chain
  /** How often it had been woken when this was read; another number at commit means it was read too early. */
  wakes: number
  /** Since its last hold was recorded; null where there is none. */
  holdAgeMs: number | null
  isPaused: boolean
  isFrozen: boolean
  /** By step: which attempt it is at, and how long a budget of time lets it take. */
  efforts: ReadonlyMap<number, Effort>
}

export type Effort = { attempt: number; withinMs: number | null }

type LoadedRow = Omit<Loaded, 'journal' | 'parent' | 'place' | 'chain' | 'efforts'> & {
  state: Journal['state']
  task: string
  workspaceId: WorkspaceId
  cancelReason: string | null
  chainId: string
  depth: number
  parentId: DelegationId | null
  parentStep: number | null
  parentWorkspaceId: WorkspaceId | null
  rootId: DelegationId
  priority: number
  steps: (RecordedStep & Effort)[]
}

/** One statement, hence one moment. */
export async function loadDelegation(reader: Reader, id: DelegationId): Promise<Loaded | undefined> {
  const row = await reader.row<LoadedRow>(
    sql`select d.state, d.task, d.workspace_id as "workspaceId", d.cancel_reason as "cancelReason",
               d.chain_id as "chainId", d.depth, d.parent_id as "parentId", d.parent_step as "parentStep",
               p.workspace_id as "parentWorkspaceId", d.root_id as "rootId", d.cost::float8 as cost,
               d.from_workspace_id as "fromWorkspaceId", ${workspaceName},
               w.deleted_at is not null as "isWorkspaceRemoved", d.requester_name as "requesterName",
               d.has_started as "hasStarted", d.waiting_for as "waitingFor", d.priority, r.wakes::float8 as wakes,
               standing.is_paused as "isPaused", standing.is_frozen as "isFrozen",
               (select extract(epoch from now() - max(h.created_at)) * 1000 from steps h
                 where h.org_id = d.org_id and h.delegation_id = d.id and h.kind = 'note' and h.name = 'hold')::float8
                 as "holdAgeMs",
               coalesce((select jsonb_agg(jsonb_build_object(
                   'step', s.step, 'kind', s.kind, 'state', s.state, 'name', s.name, 'askedBy', s.asked_by, 'call', s.call,
                   'childId', s.child_id, 'approvalId', s.approval_id, 'attempt', s.attempt, 'withinMs', s.within_ms,
                   'input', s.input, 'output', s.output, 'error', s.error) order by s.step)
                 from steps s where s.org_id = d.org_id and s.delegation_id = d.id), '[]'::jsonb) as steps
          from delegations d
          ${joinWorkspace}
          join ready r on r.org_id = d.org_id and r.delegation_id = d.id
          left join delegations p on p.org_id = d.org_id and p.id = d.parent_id
          cross join lateral standing_of(d.org_id, d.workspace_id) standing
         where d.org_id = ${reader.orgId} and d.id = ${id}`,
  )
  return row && toLoaded(id, row)
}

function toLoaded(delegationId: DelegationId, row: LoadedRow): Loaded {
  const { state, task, workspaceId, cancelReason, chainId, depth, steps, ...rest } = row
  const { parentId, parentStep, parentWorkspaceId, rootId, priority, ...facts } = rest
  const efforts = new Map(steps.map(({ step, attempt, withinMs }) => [step, { attempt, withinMs }]))
  const cancel = cancelReason === null ? null : { reason: cancelReason }
  const hasParent = parentId && parentStep !== null && parentWorkspaceId
  return {
    ...facts,
    efforts,
    parent: hasParent ? { id: parentId, step: parentStep, workspaceId: parentWorkspaceId } : null,
    place: { parentId, rootId, priority: priorityOf(priority) },
    chain: { id: chainId, depth },
    journal: { delegationId, workspaceId, state, task, cancel, steps: steps.map(toRecorded) },
  }
}

function toRecorded({ attempt: _attempt, withinMs: _withinMs, ...step }: RecordedStep & Effort): RecordedStep {
  return step
}

export function priorityOf(rank: number): Priority {
  if (rank >= priorityRank.critical) return 'critical'
  if (rank >= priorityRank.high) return 'high'
  return rank >= priorityRank.normal ? 'normal' : 'low'
}

export type Shown = { waitingFor: WaitingFor | null; reason: string | null; answer: string | null }

/** What the engine knows of a step beside the journal. */
export type StepFacts = { isSafe: boolean; withinMs: number | null }
export type Begin = { worker: string; steps: ReadonlySet<number> }

/**
 * Writes what a decision changed: new steps, changed ones, the delegation's state and its totals. Steps in `begin` are
 * written as running, held by that worker. The delegation is let go of, until `dueInMs` where that is a number: one statement.
 */
export async function writeDecision(
  tx: Tx,
  before: Journal,
  after: Journal,
  shown: Shown,
  begin: Begin,
  factsOf: (step: RecordedStep) => StepFacts,
  used: Used,
  dueInMs: number | null,
): Promise<void> {
  const { delegationId, state } = after
  const added = after.steps.slice(before.steps.length)
  const context = added.find((step) => step.kind === 'context')
  const changed = after.steps.filter((step, index) => index < before.steps.length && step !== before.steps[index])
  const cancelReason = after.cancel?.reason ?? null
  const isRehearsal = WorkContext.safeParse(context?.output).data?.isRehearsal ?? null
  const rowOf = (step: RecordedStep) => ({ ...step, ...factsOf(step), begins: begin.steps.has(step.step) })
  const { worker } = begin
  await tx.rows(sql`
    with let_go as (${letGo(tx, delegationId, dueInMs)}),
    added as (${insertSteps(tx, delegationId, added.map(rowOf), worker)}),
    changed as (${updateSteps(tx, delegationId, changed.map(rowOf), worker)})
    update delegations
       set state = ${state}, waiting_for = ${shown.waitingFor}, reason = ${shown.reason},
           answer = coalesce(${shown.answer}, answer), has_started = has_started or ${state} = 'running',
           started_at = case when ${state} = 'running' then coalesce(started_at, now()) else started_at end,
           finished_at = case when ${isTerminal(state)} then now() end,
           cancel_asked_at = case when ${cancelReason}::text is null then null
                                  else coalesce(cancel_asked_at, now()) end,
           cancel_reason = ${cancelReason},
           steps_taken = ${stepsTaken(after)}, step_limit = ${stepLimit(after)},
           is_rehearsal = coalesce(${isRehearsal}::boolean, is_rehearsal),
           input_tokens = input_tokens + ${used.inputTokens}, output_tokens = output_tokens + ${used.outputTokens},
           cost = cost + ${used.cost}
     where org_id = ${tx.orgId} and id = ${delegationId}`)
}

type StepRow = RecordedStep & StepFacts & { begins: boolean }

function insertSteps(tx: Tx, id: DelegationId, steps: readonly StepRow[], worker: string): Sql {
  return sql`
    insert into steps (org_id, delegation_id, step, kind, state, name, asked_by, call, child_id, approval_id, is_safe, within_ms,
                       input, output, error, decider_version, started_at, finished_at, leased_by, lease_until)
    select ${tx.orgId}, ${id}, s.step, s.kind, case when s.begins then 'running' else s.state end, s.name, s."askedBy",
           s.call, s."childId", s."approvalId", s."isSafe", s."withinMs", coalesce(s.input, '{}'::jsonb), nullif(s.output, 'null'::jsonb), s.error,
           ${deciderVersion}, case when s.begins or s.state in ('done', 'failed') or s."childId" is not null then now() end,
           case when s.state in ('done', 'failed') then now() end,
           case when s.begins then ${worker}::uuid end, case when s.begins then now() + ${lease}::interval end
      from jsonb_to_recordset(${json(steps)}::jsonb)
        as s(step int, kind text, state text, name text, "askedBy" int, call int, "childId" uuid,
             "approvalId" uuid, "isSafe" boolean,
             "withinMs" bigint, begins boolean, input jsonb, output jsonb, error text)`
}

/** What a decision may change of a step that is there: that it may run, that it ended. Its result comes from its holder. */
function updateSteps(tx: Tx, id: DelegationId, steps: readonly StepRow[], worker: string): Sql {
  const changes = steps.map(({ step, state, error, approvalId, begins, withinMs }) => {
    return { step, state, error, approvalId, begins, withinMs }
  })
  return sql`
    update steps t
       set state = case when s.begins then 'running' else s.state end, error = s.error, approval_id = s."approvalId",
           within_ms = s."withinMs",
           started_at = case when s.begins then coalesce(t.started_at, now()) else t.started_at end,
           finished_at = case when s.state in ('done', 'failed', 'cancelled') then now() end,
           leased_by = case when s.begins then ${worker}::uuid end,
           lease_until = case when s.begins then now() + ${lease}::interval end
      from jsonb_to_recordset(${json(changes)}::jsonb)
        as s(step int, state text, error text, "approvalId" uuid, begins boolean, "withinMs" bigint)
     where t.org_id = ${tx.orgId} and t.delegation_id = ${id} and t.step = s.step`
}

export type StepResult = {
  state: 'done' | 'failed' | 'waiting'
  output: unknown
  error: string | null
  childId: DelegationId | null
  /** For the meter. A failed call whose price nobody knows is charged its worst case. */
  used: Settle['outcome']
  isRehearsal: boolean
}

/** Records the result of an effect, if this attempt still holds it; false where somebody else took or ended it. */
export async function recordResult(tx: Tx, claim: StepClaim, result: StepResult, used: Used): Promise<boolean> {
  const { inputTokens, outputTokens, cost } = used
  const recorded = await tx.row(sql`
    update steps set state = ${result.state}, output = nullif(${json(result.output)}::jsonb, 'null'), error = ${result.error},
           child_id = ${result.childId}, input_tokens = ${inputTokens}, output_tokens = ${outputTokens}, cost = cost + ${cost},
           is_rehearsal = ${result.isRehearsal}, leased_by = null, lease_until = null,
           finished_at = case when ${isSettled(result.state)} then now() end
     where org_id = ${tx.orgId} and delegation_id = ${claim.delegationId} and step = ${claim.step}
       and attempt = ${claim.attempt} and leased_by = ${claim.worker} and state = 'running'
    returning step`)
  return recorded !== undefined
}

/** What one effect used; the delegation's totals are the sums of these. */
export type Used = { inputTokens: number; outputTokens: number; cost: MicroDollars }

export function usedBy({ used }: Pick<StepResult, 'used'>, cost: MicroDollars): Used {
  return typeof used === 'string' ? { ...noTokens, cost } : { ...used, cost }
}

/** Where no decision is written that would carry it along. */
export async function addUsed(tx: Tx, id: DelegationId, { inputTokens, outputTokens, cost }: Used): Promise<void> {
  if (inputTokens + outputTokens + cost === 0) return
  await tx.rows(sql`
    update delegations set input_tokens = input_tokens + ${inputTokens}, output_tokens = output_tokens + ${outputTokens},
           cost = cost + ${cost}
     where org_id = ${tx.orgId} and id = ${id}`)
}

const noTokens = { inputTokens: 0, outputTokens: 0 }

/** The effect did not happen and waits for the end of a hold; false where somebody else took or ended it. */
export async function putBack(tx: Tx, claim: StepClaim): Promise<boolean> {
  const row = await tx.row(sql`
    update steps set state = 'waiting', leased_by = null, lease_until = null
     where org_id = ${tx.orgId} and delegation_id = ${claim.delegationId} and step = ${claim.step}
       and attempt = ${claim.attempt} and leased_by = ${claim.worker} and state = 'running'
    returning step`)
  return row !== undefined
}

/** Adds what effects cost that ended without a result: they were cancelled, or nobody knows. */
export async function addCosts(
  tx: Tx,
  id: DelegationId,
  costs: readonly { step: number; cost: MicroDollars }[],
): Promise<void> {
  if (costs.length === 0) return
  await tx.rows(sql`
    with added as (
      update steps s set cost = s.cost + c.cost
        from jsonb_to_recordset(${json(costs)}::jsonb) as c(step int, cost bigint)
       where s.org_id = ${tx.orgId} and s.delegation_id = ${id} and s.step = c.step returning c.cost
    )
    update delegations set cost = cost + (select coalesce(sum(added.cost), 0) from added)
     where org_id = ${tx.orgId} and id = ${id}`)
}

/** The child's end becomes the result of the call that waits for it. Gives that step, or undefined where none waits. */
export async function settleWaitingCall(
  tx: Tx,
  parent: { id: DelegationId; step: number },
  childId: DelegationId,
  result: { answer: string } | { error: string },
): Promise<{ name: string } | undefined> {
  const isDone = 'answer' in result
  return await tx.row<{ name: string }>(sql`
    update steps set state = ${isDone ? 'done' : 'failed'}, finished_at = now(),
           output = ${isDone ? json({ text: result.answer }) : null}::jsonb, error = ${isDone ? null : result.error}
     where org_id = ${tx.orgId} and delegation_id = ${parent.id} and step = ${parent.step}
       and child_id = ${childId} and state = 'waiting'
    returning name`)
}

export type ExpiredStep = {
  delegationId: DelegationId
  workspaceId: WorkspaceId
  step: number
  /** The attempt nobody knows the end of. */
  attempt: number
  kind: StepKind
  name: string
  state: 'waiting' | 'failed'
  isSafe: boolean
}

/**
 * Effects whose holder is gone: what is safe to repeat is kept until the next decision lets it begin again, as another
 * attempt that must be paid for anew, or fails once it was tried too often; what is not safe waits for a person.
 */
export async function recoverExpiredSteps(
  tx: Tx,
  ids: readonly DelegationId[],
  maxAttempts: number,
): Promise<ExpiredStep[]> {
  return await tx.rows<ExpiredStep>(sql`
    update steps s
       set state = case when s.is_safe and s.attempt >= ${maxAttempts} then 'failed' else 'waiting' end,
           error = case when not s.is_safe then 'It was interrupted; nobody knows whether it happened.'
                        when s.attempt < ${maxAttempts} then null
                        else 'It was begun ' || s.attempt || ' times and never ended: its worker stopped each time.' end,
           finished_at = case when s.is_safe and s.attempt >= ${maxAttempts} then now() end,
           attempt = case when s.is_safe then least(s.attempt + 1, ${maxAttempts}) else s.attempt end,
           leased_by = null, lease_until = null
      from steps old join delegations d on d.org_id = old.org_id and d.id = old.delegation_id
     where s.org_id = ${tx.orgId} and s.delegation_id = any (${ids}) and s.state = 'running' and s.lease_until <= now()
       and old.org_id = s.org_id and old.delegation_id = s.delegation_id and old.step = s.step
    returning s.delegation_id as "delegationId", d.workspace_id as "workspaceId", s.step, old.attempt, s.kind, s.name, s.state,
              s.is_safe as "isSafe"`)
}

export type LostRow = {
  id: DelegationId
  workspaceId: WorkspaceId
  fromWorkspaceId: WorkspaceId | null
  chainId: string
  depth: number
}

/** Running delegations that nobody holds become lost. */
export async function markLost(tx: Tx, ids: readonly DelegationId[]): Promise<LostRow[]> {
  return await tx.rows<LostRow>(sql`
    update delegations d set state = 'lost'
     where d.org_id = ${tx.orgId} and d.id = any (${ids}) and d.state = 'running'
       and not exists (select from steps s where s.org_id = d.org_id and s.delegation_id = d.id
                         and s.state = 'running' and s.lease_until > now())
    returning d.id, d.workspace_id as "workspaceId", d.from_workspace_id as "fromWorkspaceId",
              d.chain_id as "chainId", d.depth`)
}
