import { useQuery } from '@tanstack/react-query'
import type { LoopHoldView } from '#shared/delegations/loop-contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { trpc } from '../../../kernel/trpc.ts'

/** What the loop breaker holds, longest first. */
export function useLoopHolds(orgId: OrgId): readonly LoopHoldView[] {
  return useQuery(trpc.delegations.loopHolds.queryOptions({ orgId })).data ?? []
}
