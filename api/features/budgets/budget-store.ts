import type { BudgetLimits, SetBudget } from '#shared/budgets/contract.ts'
import type { BudgetPeriod, BudgetScope } from '#shared/budgets/periods.ts'
import type { BudgetId, DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/** Waits for every reservation under way and keeps out new ones until the end of the transaction. */
export async function holdMeter(tx: Tx): Promise<void> {
  await tx.rows(sql`select hold_meter(${tx.orgId})`)
}

export type Written = { id: BudgetId; isNew: boolean }

/** One budget for each scope, workspace and period. */
export async function upsertBudget(tx: Tx, id: BudgetId, budget: SetBudget): Promise<Written> {
  const { scope, workspaceId, period, limits } = budget
  const written = await tx.row<{ id: BudgetId }>(sql`
    insert into budgets (org_id, id, scope, workspace_id, period, money, tokens, steps, seconds, tool_calls)
    values (${tx.orgId}, ${id}, ${scope}, ${workspaceId}, ${period}, ${limits.money}, ${limits.tokens}, ${limits.steps},
            ${limits.seconds}, ${limits.toolCalls})
    on conflict (org_id, scope, workspace_id, period) do update
      set money = excluded.money, tokens = excluded.tokens, steps = excluded.steps, seconds = excluded.seconds,
          tool_calls = excluded.tool_calls
    returning id`)
  if (!written) throw new Error('the budget was not written')
  return { id: written.id, isNew: written.id === id }
}

/** Adds up what was charged before there was the budget. */
export async function countCharges(tx: Tx, id: BudgetId): Promise<void> {
  await tx.rows(sql`select recount_budget(${tx.orgId}, ${id})`)
}

/** Warnings of other limits are told anew. */
export async function forgetWarnings(tx: Tx, id: BudgetId): Promise<void> {
  await tx.rows(sql`select restart_warnings(${tx.orgId}, ${id})`)
}

export type Target = { scope: BudgetScope; workspaceId: WorkspaceId | null }

export async function selectTarget(reader: Reader, id: BudgetId): Promise<Target | undefined> {
  return await reader.row<Target>(sql`
    select scope, workspace_id as "workspaceId" from budgets where org_id = ${reader.orgId} and id = ${id}`)
}

export async function deleteBudget(tx: Tx, id: BudgetId): Promise<void> {
  await tx.rows(sql`delete from budgets where org_id = ${tx.orgId} and id = ${id}`)
}

const whole = sql`
  b.id, b.scope, b.workspace_id as "workspaceId", b.period,
  jsonb_build_object('money', b.money, 'tokens', b.tokens, 'steps', b.steps, 'seconds', b.seconds,
                     'toolCalls', b.tool_calls) as limits,
  jsonb_build_object('money', coalesce(c.money, 0), 'tokens', coalesce(c.tokens, 0), 'steps', coalesce(c.steps, 0),
                     'seconds', coalesce(c.milliseconds, 0) / 1000, 'toolCalls', coalesce(c.tool_calls, 0)) as used,
  jsonb_build_object('money', coalesce(c.reserved_money, 0), 'tokens', coalesce(c.reserved_tokens, 0)) as reserved,
  (case when c.budget_id is null then 0 else coalesce(percent_of(b, c::budget_counters), 0) end)::float8 as percent,
  (select count(*)::int from budget_waits w join delegations d on d.org_id = w.org_id and d.id = w.delegation_id
    where w.org_id = b.org_id and w.budget_id = b.id and d.finished_at is null) as waiting`

export type BudgetRow = {
  id: BudgetId
  scope: BudgetScope
  workspaceId: WorkspaceId | null
  period: BudgetPeriod
  limits: BudgetLimits
  used: { money: number; tokens: number; steps: number; seconds: number; toolCalls: number }
  reserved: { money: number; tokens: number }
  percent: number
  waiting: number
}

/** Limits on the work of teams; those of workspaces that were deleted count nobody's. */
export async function selectTeamBudgets(
  reader: Reader,
): Promise<{ workspaceId: WorkspaceId; period: BudgetPeriod; limits: BudgetLimits }[]> {
  return await reader.rows(sql`
    select b.workspace_id as "workspaceId", b.period,
           jsonb_build_object('money', b.money, 'tokens', b.tokens, 'steps', b.steps, 'seconds', b.seconds,
                              'toolCalls', b.tool_calls) as limits
      from budgets b join workspaces w on w.org_id = b.org_id and w.id = b.workspace_id and w.deleted_at is null
     where b.org_id = ${reader.orgId} and b.scope = 'subtree' order by w.created_at, b.id`)
}

/** Budgets of living workspaces, each with its running counter: that of the day or month, or the fullest of runs that go on. */
export async function selectBudgets(reader: Reader): Promise<BudgetRow[]> {
  return await reader.rows<BudgetRow>(sql`
    select ${whole}
      from budgets b
      left join workspaces at on at.org_id = b.org_id and at.id = b.workspace_id
      left join lateral (
        select c.* from budget_counters c
         where c.org_id = b.org_id and c.budget_id = b.id
           and case when b.period in ('day', 'month') then c.period_key = period_key(b.period, null, null, now())
                    else exists (select from delegations d
                                  where d.org_id = c.org_id and d.id = c.period_key::uuid and d.finished_at is null) end
         order by percent_of(b, c) desc nulls last limit 1
      ) c on true
     where b.org_id = ${reader.orgId} and at.deleted_at is null
     order by array_position(array['org', 'subtree', 'workspace'], b.scope), at.name,
              array_position(array['day', 'month', 'tree', 'run'], b.period)`)
}

/** A budget as it stands for one delegation that waits for it. */
export async function selectBudgetOf(reader: Reader, wait: OpenWait): Promise<BudgetRow | undefined> {
  return await reader.row<BudgetRow>(sql`
    select ${whole}
      from budgets b
      left join budget_counters c on c.org_id = b.org_id and c.budget_id = b.id and c.period_key = ${wait.periodKey}
     where b.org_id = ${reader.orgId} and b.id = ${wait.budgetId}`)
}

export type OpenWait = {
  budgetId: BudgetId | null
  periodKey: string | null
  model: string | null
  money: number
  tokens: number
}

/** What the delegation asked for last and did not get. */
export async function selectWait(reader: Reader, delegationId: DelegationId): Promise<OpenWait | undefined> {
  return await reader.row<OpenWait>(sql`
    select budget_id as "budgetId", period_key as "periodKey", model, money::float8 as money, tokens::float8 as tokens
      from budget_waits where org_id = ${reader.orgId} and delegation_id = ${delegationId}`)
}
