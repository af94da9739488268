import type { Lack } from '#shared/budgets/explain-lack.ts'
import type { BudgetId, DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'
import type { PriceSnapshot } from '../../models/prices.ts'

/** One attempt of one recorded step: the unit of reservation. */
export type Attempt = { delegationId: DelegationId; step: number; attempt: number }

export type Warning = { budgetId: BudgetId; workspaceId: WorkspaceId | null; percent: 50 | 80 | 95 }

export type Reserving = Attempt & {
  rootId: DelegationId
  workspaceId: WorkspaceId
  /** Null for a tool call. */
  model: string | null
  pricedAs: string
  isRehearsal: boolean
  /** What the catalogue says; an organisation's own price goes before it. */
  catalogue: PriceSnapshot | undefined
  worst: { inputTokens: number; outputTokens: number }
}

export type ReservedRow =
  | { kind: 'reserved'; withinMs?: number | null; warnings: Warning[] }
  | ({ kind: 'lacking'; budgetId: BudgetId } & Lack)
  | { kind: 'unpriced' }

/** Reserves at every level or at none; one round trip. */
export async function reserveCharge(tx: Tx, ask: Reserving): Promise<ReservedRow> {
  const found = await tx.row<{ verdict: ReservedRow }>(sql`
    select reserve_charge(${tx.orgId}, ${ask.delegationId}, ${ask.step}, ${ask.attempt}, ${ask.rootId}, ${ask.workspaceId},
                          ${ask.model}, ${ask.pricedAs}, ${ask.isRehearsal},
                          ${ask.catalogue ? json(ask.catalogue) : null}::jsonb,
                          ${ask.worst.inputTokens}, ${ask.worst.outputTokens}) as verdict`)
  if (!found) throw new Error('the meter gave no answer')
  return found.verdict
}

export type Settling = Attempt & {
  how: 'settled' | 'doubtful' | 'released'
  inputTokens: number
  outputTokens: number
  cacheReadTokens: number
  cacheWriteTokens: number
}

/** Null where nothing was ever reserved for the attempt. */
export async function settleCharge(tx: Tx, ask: Settling): Promise<{ cost: number; warnings: Warning[] } | null> {
  const found = await tx.row<{ settled: { cost: number; warnings: Warning[] } | null }>(sql`
    select settle_charge(${tx.orgId}, ${ask.delegationId}, ${ask.step}, ${ask.attempt}, ${ask.how},
                         ${ask.inputTokens}, ${ask.outputTokens}, ${ask.cacheReadTokens}, ${ask.cacheWriteTokens}) as settled`)
  return found?.settled ?? null
}
