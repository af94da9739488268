import { formatAgo } from '#shared/kernel/format-time.ts'
import { useNow } from './clock.ts'

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** "8 s ago", with the exact time on hover. `at` is ISO 8601. */
export function TimeAgo({ at }: { at: string }) {
  const now = useNow()
  return (
    <time dateTime={at} title={exact.format(new Date(at))} className="whitespace-nowrap">
      {formatAgo(at, now)}
    </time>
  )
}
