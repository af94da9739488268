import type { BudgetLimits } from '#shared/budgets/contract.ts'
import { DelegationId, type WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction, readRows } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { type Reservation, type Reserve, reserve } from './reserve.ts'
import { type Settle, settle } from './settle.ts'

export const noLimits: BudgetLimits = { money: null, tokens: null, steps: null, seconds: null, toolCalls: null }

export type Work = { delegationId: DelegationId; rootId: DelegationId; workspaceId: WorkspaceId }

/** Running work of a workspace, as a part of another where one is given. */
export async function makeWork(context: OrgContext, workspaceId: WorkspaceId, within?: Work): Promise<Work> {
  const delegationId = DelegationId.parse(uuidv7())
  const rootId = within?.rootId ?? delegationId
  await inTransaction(context, (tx) =>
    tx.rows(sql`
      insert into delegations (org_id, id, parent_id, root_id, workspace_id, requester, requester_name, task, priority, state,
                               is_rehearsal, step_limit, chain_id, depth)
      values (${tx.orgId}, ${delegationId}, ${within?.delegationId ?? null}, ${rootId}, ${workspaceId},
              ${json({ kind: 'system', id: 'test' })}::jsonb, 'test', 'Work', 0, 'running', false, 25, ${uuidv7()}, 0)`),
  )
  return { delegationId, rootId, workspaceId }
}

export type Call = Work & { step: number; attempt?: number; worst?: Reserve['worst']; model?: string | null }

/** A call of the rehearsal model, unless another model, or null for a tool, is given. */
export async function tryReserve(context: OrgContext, call: Call): Promise<Reservation> {
  const { model = 'rehearsal', attempt = 1, worst = { inputTokens: 0, outputTokens: 0 }, ...rest } = call
  const isRehearsal = model === 'rehearsal'
  return await inTransaction(context, (tx) => reserve(tx, { ...rest, attempt, model, isRehearsal, worst }))
}

export async function settleCall(
  context: OrgContext,
  { delegationId, step, attempt = 1 }: Pick<Call, 'delegationId' | 'step' | 'attempt'>,
  outcome: Settle['outcome'],
): Promise<number> {
  const settled = await inTransaction(context, (tx) => settle(tx, { delegationId, step, attempt, outcome }))
  return settled.cost
}

export type Counter = {
  budgetId: string
  key: string
  money: number
  tokens: number
  steps: number
  toolCalls: number
  reservedMoney: number
  reservedTokens: number
}

export async function readCounters({ db, orgId }: OrgContext): Promise<Counter[]> {
  return await readRows<Counter>(
    db,
    orgId,
    sql`select budget_id as "budgetId", period_key as key, money::float8 as money, tokens::float8 as tokens,
               steps::float8 as steps, tool_calls::float8 as "toolCalls", reserved_money::float8 as "reservedMoney",
               reserved_tokens::float8 as "reservedTokens"
          from budget_counters where org_id = ${orgId} order by 1, 2`,
  )
}

/** Moves everything that was counted to another day, as if the clock had gone on. */
export async function movePeriod(context: OrgContext, from: string, to: string): Promise<void> {
  await inTransaction(context, async (tx) => {
    await tx.rows(sql`
      update budget_counters set period_key = ${to} where org_id = ${tx.orgId} and period_key = ${from}`)
    await tx.rows(sql`
      update budget_waits set period_key = ${to} where org_id = ${tx.orgId} and period_key = ${from}`)
  })
}

/** As if everything charged so far had begun a day earlier. */
export async function beginDayEarlier(context: OrgContext): Promise<void> {
  await inTransaction(context, async (tx) => {
    await tx.rows(sql`update charges set at = at - interval '1 day' where org_id = ${tx.orgId}`)
    await tx.rows(sql`
      update budget_counters set period_key = to_char(now() at time zone 'UTC' - interval '1 day', 'YYYY-MM-DD')
       where org_id = ${tx.orgId}`)
  })
}
