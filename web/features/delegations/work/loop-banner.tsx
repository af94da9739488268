import { Suspense } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { useLoopHolds } from './use-loop-holds.ts'

const LoopHeld = lazyPart(() => import('./loop-paused.tsx').then((part) => ({ default: part.LoopHeld })))

type BannerProps = { orgId: OrgId; onOpen: (workspaceId: WorkspaceId, delegationId: string) => void }

/** Over the org, while the loop breaker holds work; fetched only then. */
export function LoopBanner({ orgId, onOpen }: BannerProps) {
  const holds = useLoopHolds(orgId)
  const [first] = holds
  if (!first) return null
  return (
    <Suspense>
      <LoopHeld orgId={orgId} holds={holds} first={first} onOpen={onOpen} />
    </Suspense>
  )
}
