import { type Priority, priorityRank } from '#shared/delegations/contract.ts'
import { deciderVersion, stepLimit, stepsTaken } from '#shared/delegations/decide.ts'
import { isSettled, isTerminal, type Journal, type RecordedStep } from '#shared/delegations/journal.ts'
import type { DelegationId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Chain } from '../../kernel/actor.ts'
import { type Db, readRow, type Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'
import type { StepClaim } from './queue-store.ts'
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
  waitingFor: string | null
  cost: number
  chain: Chain
  /** How often it had been woken when this was read; another number at commit means it was read too early. */
  wakes: number
}

type LoadedRow = Omit<Loaded, 'journal' | 'parent' | 'place' | 'chain'> & {
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
  steps: RecordedStep[]
}

/** One statement, hence one moment. */
export async function loadDelegation(db: Db, orgId: OrgId, id: DelegationId): Promise<Loaded | undefined> {
  const row = await readRow<LoadedRow>(
    db,
    orgId,
    sql`select d.state, d.task, d.workspace_id as "workspaceId", d.cancel_reason as "cancelReason",
               d.chain_id as "chainId", d.depth, d.parent_id as "parentId", d.parent_step as "parentStep",
               p.workspace_id as "parentWorkspaceId", d.root_id as "rootId", d.cost::float8 as cost,
               d.from_workspace_id as "fromWorkspaceId", ${workspaceName},
               w.deleted_at is not null as "isWorkspaceRemoved", d.requester_name as "requesterName",
               d.has_started as "hasStarted", d.waiting_for as "waitingFor", d.priority, r.wakes::float8 as wakes,
               coalesce((select jsonb_agg(jsonb_build_object(
                   'step', s.step, 'kind', s.kind, 'state', s.state, 'name', s.name, 'askedBy', s.asked_by, 'call', s.call,
                   'childId', s.child_id, 'input', s.input, 'output', s.output, 'error', s.error) order by s.step)
                 from steps s where s.org_id = d.org_id and s.delegation_id = d.id), '[]'::jsonb) as steps
          from delegations d
          ${joinWorkspace}
          join ready r on r.org_id = d.org_id and r.delegation_id = d.id
          left join delegations p on p.org_id = d.org_id and p.id = d.parent_id
         where d.org_id = ${orgId} and d.id = ${id}`,
  )
  return row && toLoaded(id, row)
}

function toLoaded(delegationId: DelegationId, row: LoadedRow): Loaded {
  const { state, task, workspaceId, cancelReason, chainId, depth, steps, ...rest } = row
  const { parentId, parentStep, parentWorkspaceId, rootId, priority, ...facts } = rest
  const cancel = cancelReason === null ? null : { reason: cancelReason }
  const hasParent = parentId && parentStep !== null && parentWorkspaceId
  return {
    ...facts,
    parent: hasParent ? { id: parentId, step: parentStep, workspaceId: parentWorkspaceId } : null,
    place: { parentId, rootId, priority: priorityOf(priority) },
    chain: { id: chainId, depth },
    journal: { delegationId, workspaceId, state, task, cancel, steps },
  }
}

export function priorityOf(rank: number): Priority {
  if (rank >= priorityRank.critical) return 'critical'
  if (rank >= priorityRank.high) return 'high'
  return rank >= priorityRank.normal ? 'normal' : 'low'
}

type Shown = { waitingFor: string | null; reason: string | null; answer: string | null }

/** Writes what a decision changed: new steps, cancelled steps, the delegation's state and its totals. */
export async function writeDecision(tx: Tx, before: Journal, after: Journal, shown: Shown): Promise<void> {
  const { delegationId, state } = after
  const added = after.steps.slice(before.steps.length)
  const context = added.find((step) => step.kind === 'context')
  const ended = after.steps
    .slice(0, before.steps.length)
    .filter((step, index) => step.state === 'cancelled' && before.steps[index]?.state !== 'cancelled')
  const writes: Promise<unknown>[] = [
    tx.rows(sql`
      update delegations
         set state = ${state}, waiting_for = ${shown.waitingFor}, reason = ${shown.reason},
             answer = coalesce(${shown.answer}, answer), has_started = has_started or ${state} = 'running',
             started_at = case when ${state} = 'running' then coalesce(started_at, now()) else started_at end,
             finished_at = case when ${isTerminal(state)} then now() end,
             cancel_asked_at = case when ${after.cancel?.reason ?? null}::text is null then null
                                    else coalesce(cancel_asked_at, now()) end,
             cancel_reason = ${after.cancel?.reason ?? null},
             steps_taken = ${stepsTaken(after)}, step_limit = ${stepLimit(after)},
             is_rehearsal = coalesce((${json(context?.output)}::jsonb ->> 'isRehearsal')::boolean, is_rehearsal)
       where org_id = ${tx.orgId} and id = ${delegationId}`),
  ]
  if (added.length > 0) writes.push(insertSteps(tx, delegationId, added))
  if (ended.length > 0) {
    const numbers = ended.map((step) => step.step)
    writes.push(
      tx.rows(sql`
        update steps set state = 'cancelled', leased_by = null, lease_until = null, finished_at = now()
         where org_id = ${tx.orgId} and delegation_id = ${delegationId} and step = any (${numbers})`),
    )
  }
  await Promise.all(writes)
}

async function insertSteps(tx: Tx, id: DelegationId, steps: readonly RecordedStep[]): Promise<void> {
  await tx.rows(sql`
    insert into steps (org_id, delegation_id, step, kind, state, name, asked_by, call, input, output, error,
                       decider_version, started_at, finished_at)
    select ${tx.orgId}, ${id}, s.step, s.kind, s.state, s.name, s."askedBy", s.call, coalesce(s.input, '{}'::jsonb),
           nullif(s.output, 'null'::jsonb), s.error, ${deciderVersion},
           case when s.state in ('done', 'failed') then now() end, case when s.state in ('done', 'failed') then now() end
      from jsonb_to_recordset(${json(steps)}::jsonb)
        as s(step int, kind text, state text, name text, "askedBy" int, call int, input jsonb, output jsonb, error text)`)
}

export type StepResult = {
  state: 'done' | 'failed' | 'waiting'
  output: unknown
  error: string | null
  childId: DelegationId | null
  inputTokens: number
  outputTokens: number
  isRehearsal: boolean
}

/** Records the result of an effect, if this attempt still holds it; false where somebody else took or ended it. */
export async function recordResult(tx: Tx, claim: StepClaim, result: StepResult): Promise<boolean> {
  const recorded = await tx.row(sql`
    update steps set state = ${result.state}, output = nullif(${json(result.output)}::jsonb, 'null'), error = ${result.error},
           child_id = ${result.childId}, input_tokens = ${result.inputTokens}, output_tokens = ${result.outputTokens},
           is_rehearsal = ${result.isRehearsal}, leased_by = null, lease_until = null,
           finished_at = case when ${isSettled(result.state)} then now() end
     where org_id = ${tx.orgId} and delegation_id = ${claim.delegationId} and step = ${claim.step}
       and attempt = ${claim.attempt} and leased_by = ${claim.worker} and state = 'running'
    returning step`)
  if (!recorded) return false
  if (result.inputTokens + result.outputTokens === 0) return true
  await tx.rows(sql`
    update delegations set input_tokens = input_tokens + ${result.inputTokens},
           output_tokens = output_tokens + ${result.outputTokens}
     where org_id = ${tx.orgId} and id = ${claim.delegationId}`)
  return true
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

/** Effects whose holder is gone are to be run again, or fail once they were tried too often. */
export async function retryExpiredSteps(tx: Tx, ids: readonly DelegationId[], maxAttempts: number): Promise<void> {
  await tx.rows(sql`
    update steps
       set state = case when attempt < ${maxAttempts} then 'pending' else 'failed' end,
           error = case when attempt < ${maxAttempts} then null
                        else 'It was begun ' || attempt || ' times and never ended: its worker stopped each time.' end,
           finished_at = case when attempt < ${maxAttempts} then null else now() end,
           attempt = least(attempt + 1, ${maxAttempts}), leased_by = null, lease_until = null
     where org_id = ${tx.orgId} and delegation_id = any (${ids}) and state = 'running' and lease_until <= now()`)
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
