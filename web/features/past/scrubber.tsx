import { Suspense, useEffect } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { forgetPast, useShown } from './shown.ts'
import { timeWords } from './words.ts'

const PastBar = lazyPart(() => import('./past-bar.tsx').then((part) => ({ default: part.PastBar })))

/** The way through the past, while the screen shows it; fetched when it first does. */
export function Scrubber({ orgId }: { orgId: OrgId }) {
  const shown = useShown()
  useEffect(() => () => forgetPast(orgId), [orgId])
  if (shown.phase !== 'past') return null
  return (
    <Suspense fallback={<div className="h-11 shrink-0 border-t border-line bg-surface" />}>
      <PastBar orgId={orgId} shown={shown} />
    </Suspense>
  )
}

/** Over the graph, so that nobody takes the past for the present. */
export function PastBadge() {
  const shown = useShown()
  if (shown.phase !== 'past') return null
  return (
    <p className="pointer-events-none absolute top-3 left-1/2 z-10 -translate-x-1/2 rounded-full border border-line-2 bg-surface px-3 py-1 text-12 whitespace-nowrap text-fg-2 tabular-nums shadow-float">
      {timeWords(shown.at)} · the past, read only
    </p>
  )
}
