import type { DelegationState, Requester } from '#shared/delegations/contract.ts'
import { deciderVersion } from '#shared/delegations/decide.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Chain } from '../../kernel/actor.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'
import { joinWorkspace, workspaceName } from './workspace-name-store.ts'

export type NewDelegation = {
  id: DelegationId
  parentId: DelegationId | null
  rootId: DelegationId
  parentStep: number | null
  workspaceId: WorkspaceId
  fromWorkspaceId: WorkspaceId | null
  requester: Requester
  requesterName: string
  task: string
  priority: number
  idempotencyKey: string | null
  isRehearsal: boolean
  stepLimit: number
  chain: Chain
}

/** False where a living delegation has the same key. */
export async function insertDelegation(tx: Tx, given: NewDelegation): Promise<boolean> {
  const row = await tx.row(sql`
    insert into delegations (org_id, id, parent_id, root_id, parent_step, workspace_id, from_workspace_id, requester,
                             requester_name, task, priority, idempotency_key, state, is_rehearsal, step_limit, chain_id, depth)
    values (${tx.orgId}, ${given.id}, ${given.parentId}, ${given.rootId}, ${given.parentStep}, ${given.workspaceId},
            ${given.fromWorkspaceId}, ${json(given.requester)}::jsonb, ${given.requesterName}, ${given.task},
            ${given.priority}, ${given.idempotencyKey}, 'queued', ${given.isRehearsal}, ${given.stepLimit},
            ${given.chain.id}, ${given.chain.depth})
    on conflict do nothing returning id`)
  return row !== undefined
}

type Keyed = { workspaceId: WorkspaceId; fromWorkspaceId: WorkspaceId | null; idempotencyKey: string }

export async function findByKey(
  reader: Reader,
  { workspaceId, fromWorkspaceId, idempotencyKey }: Keyed,
): Promise<{ id: DelegationId; state: DelegationState } | undefined> {
  return await reader.row<{ id: DelegationId; state: DelegationState }>(sql`
    select id, state from delegations
     where org_id = ${reader.orgId} and workspace_id = ${workspaceId}
       and from_workspace_id is not distinct from ${fromWorkspaceId} and idempotency_key = ${idempotencyKey}
       and state not in ('failed', 'cancelled')`)
}

/** The delegation a workspace was given under a key in the last day, also where it has failed or was cancelled since. */
export async function findGivenLately(
  reader: Reader,
  workspaceId: WorkspaceId,
  key: string,
): Promise<{ id: DelegationId; state: DelegationState } | undefined> {
  return await reader.row<{ id: DelegationId; state: DelegationState }>(sql`
    select id, state from delegations
     where org_id = ${reader.orgId} and workspace_id = ${workspaceId} and created_at > now() - interval '1 day'
       and from_workspace_id is null and idempotency_key = ${key}
     order by created_at desc limit 1`)
}

/** Whether work was told words under this key before. */
export async function hasHeard(reader: Reader, id: DelegationId, key: string): Promise<boolean> {
  const row = await reader.row(sql`
    select step from steps
     where org_id = ${reader.orgId} and delegation_id = ${id} and kind = 'note' and name = 'message'
       and output ->> 'key' = ${key} limit 1`)
  return row !== undefined
}

/** What a new part needs to know of the work it belongs to. */
export type Above = { rootId: DelegationId; priority: number; chain: Chain; isOver: boolean }

export async function findAbove(reader: Reader, id: DelegationId): Promise<Above | undefined> {
  const row = await reader.row<{
    rootId: DelegationId
    priority: number
    chainId: string
    depth: number
    isOver: boolean
  }>(sql`
    select root_id as "rootId", priority, chain_id as "chainId", depth,
           state in ('completed', 'failed', 'cancelled') or cancel_asked_at is not null as "isOver"
      from delegations where org_id = ${reader.orgId} and id = ${id}`)
  if (!row) return undefined
  const { chainId, depth, ...rest } = row
  return { ...rest, chain: { id: chainId, depth } }
}

export type Standing = {
  id: DelegationId
  state: DelegationState
  waitingFor: string | null
  workspaceId: WorkspaceId
  fromWorkspaceId: WorkspaceId | null
  workspaceName: string
  task: string
  priority: number
  reason: string | null
  answer: string | null
}

export async function findStanding(reader: Reader, id: DelegationId): Promise<Standing | undefined> {
  return await reader.row<Standing>(sql`
    select d.id, d.state, d.waiting_for as "waitingFor", d.workspace_id as "workspaceId",
           d.from_workspace_id as "fromWorkspaceId", ${workspaceName}, d.task, d.priority, d.reason, d.answer
      from delegations d ${joinWorkspace}
     where d.org_id = ${reader.orgId} and d.id = ${id}`)
}

/** A recorded step that no effect made, e.g. that a person let it go on. Its queue entry must be locked. */
export async function insertNote(tx: Tx, id: DelegationId, name: string, output: unknown): Promise<number> {
  const row = await tx.row<{ step: number }>(sql`
    insert into steps (org_id, delegation_id, step, kind, state, name, input, output, decider_version, started_at, finished_at)
    select ${tx.orgId}, ${id}, coalesce(max(step) + 1, 0), 'note', 'done', ${name}, '{}'::jsonb, ${json(output)}::jsonb,
           ${deciderVersion}, now(), now()
      from steps where org_id = ${tx.orgId} and delegation_id = ${id}
    returning step`)
  return row?.step ?? 0
}

/** Delegations of these workspaces that have not ended. */
export async function countAlive(reader: Reader, workspaceIds: readonly WorkspaceId[]): Promise<number> {
  const row = await reader.row<{ alive: number }>(sql`
    select count(*)::int as alive from delegations
     where org_id = ${reader.orgId} and workspace_id = any (${workspaceIds})
       and state not in ('completed', 'failed', 'cancelled')`)
  return row?.alive ?? 0
}
