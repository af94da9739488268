import { useMutation } from '@tanstack/react-query'
import type { DecideApproval } from '#shared/approvals/contract.ts'
import { client } from '../../kernel/trpc.ts'
import { dropPending } from './cache.ts'
import { refreshApprovals } from './follow.ts'

/** A person's yes or no. The first one counts; a later one is told what became of it. */
export function useAnswer() {
  return useMutation({
    mutationFn: (answer: DecideApproval) => client.approvals.decide.mutate(answer),
    onSuccess: (_, { orgId, approvalId }) => dropPending(orgId, approvalId),
    onSettled: () => void refreshApprovals(),
  })
}
