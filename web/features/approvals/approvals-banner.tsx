import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { useMay } from '../../kernel/may.ts'
import { useIsBannerHidden } from './ask.ts'
import { pendingQuery } from './cache.ts'

const BannerBody = lazyPart(() => import('./banner-body.tsx').then((part) => ({ default: part.BannerBody })))

/** Over the org, while a question waits for a person; fetched only then. */
export function ApprovalsBanner({ orgId }: { orgId: OrgId }) {
  const mayAnswer = useMay(orgId, 'approvals.answer')
  const isHidden = useIsBannerHidden()
  const data = useQuery(pendingQuery(orgId)).data
  // What was asked of a workspace above comes to people only when that gives no answer.
  const waiting = data?.approvals.filter(({ assignedTo }) => assignedTo === null) ?? []
  const [first] = waiting
  if (!first || !data || isHidden || !mayAnswer) return null
  const more = waiting.length - 1 + Math.max(0, data.pending - data.approvals.length)
  return (
    <Suspense>
      <BannerBody first={first} more={more} />
    </Suspense>
  )
}
