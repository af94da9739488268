import { explainLack } from '#shared/budgets/explain-lack.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Tx } from '../../kernel/db.ts'
import { cataloguePrice, pricedAs } from '../../models/prices.ts'
import { type Attempt, reserveCharge } from './charge-store.ts'
import { tellWarnings } from './tell-warnings.ts'

export type Reserve = Attempt & {
  rootId: DelegationId
  workspaceId: WorkspaceId
  /** Null for a tool call. */
  model: string | null
  isRehearsal: boolean
  /** The most the call can take: the whole prompt and the longest answer allowed. */
  worst: { inputTokens: number; outputTokens: number }
}

export type Reservation =
  /** `withinMs`: how long the call may take before a budget of seconds is used up; null where none limits it. */
  | { kind: 'reserved'; withinMs: number | null }
  | { kind: 'lacking'; reason: string }
  | { kind: 'unpriced'; reason: string }

/**
 * Before each model or tool call, in the transaction that begins the attempt: reserves its worst case at every budget that
 * applies, or at none. Asking again for the same attempt changes nothing. Anything but `reserved` means: do not call. The
 * delegation is woken when asking again may help. An error means that nobody knows, so do not call either.
 */
export async function reserve(tx: Tx, ask: Reserve): Promise<Reservation> {
  const { model, isRehearsal } = ask
  const name = model === null ? '' : pricedAs(model, isRehearsal)
  const catalogue = model === null ? undefined : cataloguePrice(name, new Date())
  const verdict = await reserveCharge(tx, { ...ask, pricedAs: name, catalogue })
  if (verdict.kind === 'unpriced') return { kind: 'unpriced', reason: explainUnpriced(name) }
  if (verdict.kind === 'lacking') return { kind: 'lacking', reason: explainLack(verdict) }
  tellWarnings(tx, verdict.warnings)
  return { kind: 'reserved', withinMs: verdict.withinMs ?? null }
}

function explainUnpriced(model: string): string {
  return `Nobody knows what ${model} costs, so it is not called. An admin or owner can set its price.`
}
