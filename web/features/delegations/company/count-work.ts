import type { ActiveDelegations } from '#shared/delegations/contract.ts'

export type WorkCount = { alive: number; running: number; queued: number; waiting: number }

/** Work that has not ended, by how it stands; what was lost counts as running until it goes on. */
export function countWork(delegations: ActiveDelegations['delegations']): WorkCount {
  const count = { alive: delegations.length, running: 0, queued: 0, waiting: 0 }
  for (const { state } of delegations) {
    if (state === 'running' || state === 'lost') count.running++
    else if (state === 'queued') count.queued++
    else count.waiting++
  }
  return count
}
