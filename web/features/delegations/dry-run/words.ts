import type { DryParty, DryRun } from '#shared/delegations/replay-contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'

/** How many hands are above this one. */
export function depthOf(parties: readonly DryParty[], index: number): number {
  let depth = 0
  let above = parties[index]?.parent ?? null
  while (above !== null && depth < parties.length) {
    depth += 1
    above = parties[above]?.parent ?? null
  }
  return depth
}

/** "6 delegations, 9 steps, about $0.0123." */
export function totalWords({ parties }: DryRun): string {
  const steps = parties.reduce((sum, party) => sum + party.steps, 0)
  const cost = parties.reduce((sum, party) => sum + (party.cost ?? 0), 0)
  const isKnown = parties.every((party) => party.cost !== null)
  const money = isKnown ? `about ${formatMoney(cost)}` : `at least ${formatMoney(cost)}: not every model has a price`
  return `${counted(parties.length, 'delegation')}, ${counted(steps, 'step')}, ${money}.`
}

export function keysWords(group: readonly string[]): string {
  return group.length > 1 ? `Needs one of ${group.join(', ')}` : `Needs ${group.join()}`
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`
}
