import { Bell as BellIcon } from 'lucide-react'
import { Suspense } from 'react'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { useCommands } from '../../kernel/commands.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import type { BellProps } from './bell.tsx'
import { noticesCommands } from './commands.ts'

const Bell = lazyPart(() => import('./bell.tsx').then((part) => ({ default: part.Bell })))

/** In the top bar at every width: how much is unread. What it opens is fetched after the first paint. */
export function NoticesBell(props: BellProps) {
  useCommands(noticesCommands)
  return (
    <Suspense fallback={<IconButton icon={BellIcon} label="Notices" disabled />}>
      <Bell {...props} />
    </Suspense>
  )
}
