import type { PromptCases } from '#shared/delegations/replay-contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'
import type { Trials } from './use-trials.ts'

/** What trying all cases will cost, and the words on the button that spends it. */
export function costOf({ cases, isRehearsal }: PromptCases): { total: number; isKnown: boolean; act: string } {
  const total = cases.reduce((sum, one) => sum + (one.estimate ?? 0), 0)
  const isKnown = cases.every(({ estimate }) => estimate !== null)
  const what = cases.length === 1 ? 'Try it on one delegation' : `Try it on ${cases.length} delegations`
  if (isRehearsal) return { total, isKnown, act: what }
  return { total, isKnown, act: isKnown ? `${what} for about ${formatMoney(total)}` : what }
}

/** How far it is, then what came of it. */
export function summaryOf({ isRunning, done, changed, failed, cost }: Trials, all: number): string {
  if (done === 0) return isRunning ? `0 of ${all} tried` : ''
  if (isRunning) return `${done} of ${all} tried`
  const parts = [changed === 1 ? '1 answer changed' : `${changed} answers changed`, `${done - changed} stayed the same`]
  if (failed > 0) parts.push(`${failed} did not complete`)
  if (cost > 0) parts.push(`${formatMoney(cost)} spent`)
  return parts.join(' · ')
}
