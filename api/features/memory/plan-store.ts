import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Plan, PlanItem } from '#shared/memory/plan.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'

type PlanRow = { items: PlanItem[]; nextId: number }

export async function readPlan(reader: Reader, delegationId: DelegationId): Promise<Plan | undefined> {
  return await reader.row<PlanRow>(sql`
    select items, next_id as "nextId" from plans where org_id = ${reader.orgId} and delegation_id = ${delegationId}`)
}

/** Locks it: calls of one answer run side by side. */
export async function lockPlan(tx: Tx, delegationId: DelegationId): Promise<Plan | undefined> {
  return await tx.row<PlanRow>(sql`
    select items, next_id as "nextId" from plans
     where org_id = ${tx.orgId} and delegation_id = ${delegationId} for update`)
}

/** False where the delegation has one already. */
export async function insertPlan(
  tx: Tx,
  of: { delegationId: DelegationId; workspaceId: WorkspaceId },
  plan: Plan,
): Promise<boolean> {
  const made = await tx.rows(sql`
    insert into plans (org_id, delegation_id, workspace_id, items, next_id)
    values (${tx.orgId}, ${of.delegationId}, ${of.workspaceId}, ${json(plan.items)}::jsonb, ${plan.nextId})
    on conflict (org_id, delegation_id) do nothing returning delegation_id`)
  return made.length > 0
}

export async function replacePlan(tx: Tx, delegationId: DelegationId, plan: Plan): Promise<void> {
  await tx.rows(sql`
    update plans set items = ${json(plan.items)}::jsonb, next_id = ${plan.nextId}, version = version + 1, updated_at = now()
     where org_id = ${tx.orgId} and delegation_id = ${delegationId}`)
}
