import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { guideQuery, refreshGuide } from './guide-state.ts'
import { type Showing, showAs, takeBack } from './show-as.ts'

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
  await refreshGuide(orgId)
}
