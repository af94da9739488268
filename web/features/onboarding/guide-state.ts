import { queryOptions } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { GuidedAct } from '#shared/onboarding/contract.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { actDone } from './acts.ts'
import { type Showing, showAs, takeBack } from './show-as.ts'

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
  void client.onboarding.mark.mutate({ orgId, act }).catch(() => refresh(orgId))
}

/** Shown at once; taken back, and said, where the server did not hear of it. */
export async function showGuide(orgId: OrgId, to: Showing): Promise<void> {
  const { queryKey } = guideQuery(orgId)
  const before = queryClient.getQueryData(queryKey)
  queryClient.setQueryData(queryKey, (known) => known && showAs(known, to))
  try {
    await client.onboarding.show.mutate({ orgId, isHidden: to === 'hide', isAfresh: to === 'begin' })
  } catch (error) {
    queryClient.setQueryData(queryKey, (known) => known && before && takeBack(known, before))
    const { message, fix } = readProblem(error)
    notify({ title: message, ...(fix && { detail: fix }), tone: 'failed' })
  }
  await refresh(orgId)
}

async function refresh(orgId: OrgId): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: guideQuery(orgId).queryKey })
}
