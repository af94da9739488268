import type { Priority } from '#shared/delegations/contract.ts'
import { DelegationId, type WorkspaceId } from '#shared/kernel/ids.ts'
import type { Chain } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { priorityOf } from './journal-store.ts'
import { insertReady } from './queue-store.ts'

type Successor = {
  id: DelegationId
  parentId: DelegationId | null
  rootId: DelegationId
  priority: Priority
  chain: Chain
}

type Row = Omit<Successor, 'priority' | 'chain'> & { priority: number; chainId: string; depth: number }

/** The same work as another delegation in another workspace. The key of the old one stays with the old one. */
export async function insertSuccessor(
  tx: Tx,
  id: DelegationId,
  target: { id: WorkspaceId; maxSteps: number },
): Promise<Successor> {
  const next = DelegationId.parse(uuidv7())
  const row = await tx.row<Row>(sql`
    insert into delegations (org_id, id, parent_id, root_id, parent_step, workspace_id, from_workspace_id, requester,
                             requester_name, task, priority, state, is_rehearsal, step_limit, chain_id, depth)
    select org_id, ${next}, parent_id, case when root_id = id then ${next}::uuid else root_id end, parent_step, ${target.id},
           from_workspace_id, requester, requester_name, task, priority, 'queued', is_rehearsal, ${target.maxSteps},
           chain_id, depth
      from delegations where org_id = ${tx.orgId} and id = ${id}
    returning id, parent_id as "parentId", root_id as "rootId", priority, chain_id as "chainId", depth`)
  if (!row) throw new Error(`the delegation ${id} was locked and is gone`)
  await insertReady(tx, next)
  const { chainId, depth, priority, ...rest } = row
  return { ...rest, priority: priorityOf(priority), chain: { id: chainId, depth } }
}

/** Whoever waits for the old one waits for the new one. */
export async function moveWaitingCall(tx: Tx, from: DelegationId, to: DelegationId): Promise<void> {
  await tx.rows(sql`
    update steps s set child_id = ${to}
      from delegations d
     where d.org_id = ${tx.orgId} and d.id = ${from} and s.org_id = d.org_id and s.delegation_id = d.parent_id
       and s.step = d.parent_step and s.child_id = ${from} and s.state = 'waiting'`)
}
