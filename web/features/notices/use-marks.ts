import { useMutation } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { MutableKind } from '#shared/notices/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { listQuery, refreshNotices, stateQuery } from './cache.ts'

const tell = (error: unknown) => {
  const { message, fix } = readProblem(error)
  notify({ title: message, detail: fix, tone: 'failed' })
}
const settled = { onError: tell, onSettled: refreshNotices }

/** Marks single notices as read; the dot goes at once. */
export function useMark(orgId: OrgId) {
  return useMutation({
    mutationFn: (seqs: number[]) => client.notices.mark.mutate({ orgId, seqs }),
    onMutate: (seqs) => {
      queryClient.setQueryData(listQuery(orgId).queryKey, (known) => {
        if (!known) return known
        const pages = known.pages.map((page) => ({
          ...page,
          notices: page.notices.map((one) => (seqs.includes(one.seq) ? { ...one, isRead: true } : one)),
        }))
        return { ...known, pages }
      })
    },
    ...settled,
  })
}

export function useMarkAll(orgId: OrgId) {
  return useMutation({ mutationFn: (upTo: number) => client.notices.markAll.mutate({ orgId, upTo }), ...settled })
}

/** Which kinds the person wants nothing of; the switch turns at once. */
export function useMute(orgId: OrgId) {
  return useMutation({
    mutationFn: (kinds: MutableKind[]) => client.notices.mute.mutate({ orgId, kinds }),
    onMutate: (muted) => {
      queryClient.setQueryData(stateQuery(orgId).queryKey, (known) => known && { ...known, muted })
    },
    ...settled,
  })
}
