import { useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import { client } from '../../../kernel/trpc.ts'
import { useAlive, useIsToldOf, useTotals } from '../live-store.ts'
import { presentWorkKey } from '../work/follow.ts'
import { countWork, type WorkCount } from './count-work.ts'

/** Which moment of the org the screen shows. */
export type Shows = 'present' | 'past'

/** What is under way now, whatever moment the screen shows: in the past what the cards tell is not of now. */
export function usePresentWork(orgId: OrgId, shows: Shows): WorkCount | undefined {
  const alive = useAlive()
  const { running, queued, lost } = useTotals()
  const isTold = useIsToldOf(orgId)
  const { data } = useQuery({
    queryKey: [...presentWorkKey, orgId],
    queryFn: async () => countWork((await client.delegations.active.query({ orgId })).delegations),
    enabled: shows === 'past',
    staleTime: 0,
    gcTime: 0,
  })
  if (shows === 'past') return data
  if (!isTold) return undefined
  return { alive, running: running + lost, queued, waiting: Math.max(0, alive - running - lost - queued) }
}
