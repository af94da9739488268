import { queryOptions } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { GuidedAct } from '#shared/onboarding/contract.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { actDone } from './acts.ts'

export function guideQuery(orgId: OrgId) {
  return queryOptions({
    queryKey: trpc.onboarding.guide.queryKey({ orgId }),
    queryFn: () => client.onboarding.guide.query({ orgId }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** An act is done when it really happened, whichever way the person took. Only somebody who follows the guide is asked after. */
export function followGuide(event: OrgEvent): void {
  const act = actDone(event)
  if (act) markDone(event.orgId, act)
}

export function markDone(orgId: OrgId, act: GuidedAct): void {
  const { queryKey } = guideQuery(orgId)
  const guide = queryClient.getQueryData(queryKey)
  if (!guide?.isOffered || guide.isHidden || guide.done.includes(act)) return
  queryClient.setQueryData(queryKey, { ...guide, done: [...guide.done, act] })
  // Should this be lost, the act is asked for once more: it is the person's, and no work of theirs.
  void client.onboarding.mark.mutate({ orgId, act }).catch(() => refreshGuide(orgId))
}

/** Asks the server how far the guide is. */
export async function refreshGuide(orgId: OrgId): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: guideQuery(orgId).queryKey })
}
