import type { Tx } from '../../kernel/db.ts'
import { type Attempt, type Settling, settleCharge } from './charge-store.ts'
import { tellWarnings } from './tell-warnings.ts'

export type Settle = Attempt & {
  outcome:
    | {
        inputTokens: number
        outputTokens: number
        cacheReadTokens?: number | undefined
        cacheWriteTokens?: number | undefined
      }
    /** It may have happened: charged its worst case. */
    | 'unknown'
    /** It provably never left this process: the reservation is given back. */
    | 'not-sent'
}

/**
 * After each call, in the transaction that records its result: the reservation becomes what was really used, in
 * micro-dollars. Settling twice changes nothing and gives the same cost. An attempt that was never reserved costs nothing.
 */
export async function settle(tx: Tx, ask: Settle): Promise<{ cost: number }> {
  const settled = await settleCharge(tx, { ...ask, ...usedBy(ask.outcome) })
  if (!settled) return { cost: 0 }
  tellWarnings(tx, settled.warnings)
  return { cost: settled.cost }
}

function usedBy(outcome: Settle['outcome']): Omit<Settling, keyof Attempt> {
  const nothing = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }
  if (outcome === 'unknown') return { how: 'doubtful', ...nothing }
  if (outcome === 'not-sent') return { how: 'released', ...nothing }
  const { cacheReadTokens = 0, cacheWriteTokens = 0, ...counted } = outcome
  return { how: 'settled', ...counted, cacheReadTokens, cacheWriteTokens }
}
