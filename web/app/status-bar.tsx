import { Suspense } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { LookBack, useIsPast } from '../features/past/index.ts'
import type { StreamState } from '../kernel/live.ts'
import { classes } from '../ui/classes.ts'

// It comes with what hears the events, after the first picture.
const OrgTotals = lazyPart(() => import('./org-totals.tsx').then((part) => ({ default: part.OrgTotals })))

const connections: Record<StreamState, { words: string; dot: string; title: string }> = {
  live: { words: 'Live', dot: 'bg-state-completed', title: 'Events arrive as they happen.' },
  connecting: { words: 'Connecting', dot: 'bg-state-waiting', title: 'Opening the stream of events.' },
  offline: {
    words: 'Reconnecting',
    dot: 'bg-state-waiting',
    title: 'The server does not answer. What you see is how it was; it catches up by itself.',
  },
  refused: { words: 'Signed out', dot: 'bg-state-failed', title: 'The session has ended.' },
}

const past = { words: 'The past', dot: 'bg-state-idle', title: 'What you see is how it was. Events go on arriving.' }

/** Whether the screen is true now, and what the org is doing. */
export function StatusBar({ orgId, stream }: { orgId: OrgId; stream: StreamState }) {
  const isPast = useIsPast()
  const { words, dot, title } = isPast ? past : connections[stream]
  return (
    <div className="flex min-w-0 flex-1 items-center gap-4 px-3 whitespace-nowrap tabular-nums">
      <span role="status" aria-label="Connection" title={title} className="flex items-center gap-1.5">
        <span aria-hidden className={classes('size-2 rounded-full', dot)} />
        {words}
      </span>
      <LookBack orgId={orgId} />
      <Suspense>
        <OrgTotals orgId={orgId} />
      </Suspense>
    </div>
  )
}
