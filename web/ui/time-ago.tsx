import { formatAgo } from '#shared/kernel/format-time.ts'
import { useNow } from './clock.ts'
import { exactTime } from './exact-time.ts'

/** "8 s ago", with the exact time on hover. `at` is ISO 8601. */
export function TimeAgo({ at }: { at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={exactTime(at)} className="whitespace-nowrap">
      {formatAgo(at, now)}
    </time>
  )
}
