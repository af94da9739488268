import { formatLeft } from '#shared/approvals/time-left.ts'
import { useNow } from '../../ui/clock.ts'
import { exactTime } from '../../ui/exact-time.ts'

/** "9 min left"; by seconds only in the last minute. */
export function TimeLeft({ until }: { until: string }) {
  const now = useNow()
  const isShort = Date.parse(until) - now < 60_000
  return (
    <time
      dateTime={until}
      title={`Expires ${exactTime(until)}`}
      className={`whitespace-nowrap tabular-nums ${isShort ? 'text-state-waiting' : ''}`}
    >
      {formatLeft(until, now)}
    </time>
  )
}
