import { useMutation } from '@tanstack/react-query'
import type { ApprovalRule, SetApprovalRule } from '#shared/approvals/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { offerUndo } from '../acts/index.ts'
import { refreshApprovals } from './follow.ts'

/** Makes a rule, or changes the one with its id; it holds for every call that begins from now on. */
export function useSetRule() {
  return useMutation({
    mutationFn: (rule: SetApprovalRule) => client.approvals.setRule.mutate(rule),
    onSuccess: refreshApprovals,
  })
}

/** Takes a rule away; taking that back makes the same one again. */
export function useRemoveRule(orgId: OrgId) {
  return useMutation({
    mutationFn: ({ id }: ApprovalRule) => client.approvals.removeRule.mutate({ orgId, id }),
    onSuccess: async (_, rule) => {
      offerUndo('Rule removed', {
        orgId,
        name: 'removal of the rule',
        undo: async () => {
          await client.approvals.setRule.mutate({ orgId, ...rule })
          await refreshApprovals()
        },
      })
      await refreshApprovals()
    },
    onError: (error) => notify({ title: readProblem(error).message, detail: readProblem(error).fix, tone: 'failed' }),
  })
}
