import { useQuery } from '@tanstack/react-query'
import { Bell as BellIcon } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { unreadMax } from '#shared/notices/limits.ts'
import { Popover } from '../../ui/popover.tsx'
import { askApprovals, pendingQuery } from '../approvals/index.ts'
import { askNotices, useNoticesOpen } from './ask.ts'
import { stateQuery } from './cache.ts'
import { useLocalNotices } from './local-notices.ts'
import { NoticesPanel } from './notices-panel.tsx'
import type { NoticeTarget } from './words.ts'

export type BellProps = { orgId: OrgId; onOpen: (target: NoticeTarget) => void }

/** How much happened that the person has not read; a click lists it. Approvals are counted by their own button. */
export function Bell({ orgId, onOpen }: BellProps) {
  const isOpen = useNoticesOpen()
  const told = useQuery(stateQuery(orgId)).data?.unread ?? 0
  const asked = useQuery(pendingQuery(orgId)).data?.pending ?? 0
  const unread = told + useLocalNotices(orgId).filter(({ isRead }) => !isRead).length
  const count = unread >= unreadMax ? `${unreadMax - 1}+` : String(unread)
  return (
    <Popover
      label="Notices"
      width="wide"
      isOpen={isOpen}
      onOpenChange={askNotices}
      trigger={
        <button
          type="button"
          aria-label={unread === 0 ? 'Notices: all read' : `Notices: ${count} unread`}
          aria-keyshortcuts="B"
          className="relative flex size-7 shrink-0 items-center justify-center rounded-6 text-fg-2 transition-colors hover:bg-hover hover:text-fg"
        >
          <BellIcon size={16} strokeWidth={1.75} aria-hidden />
          {unread > 0 && (
            <span
              aria-hidden
              className="absolute -top-0.5 -right-1 flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 text-[10px] leading-none font-semibold text-on-accent"
            >
              {count}
            </span>
          )}
        </button>
      }
    >
      <div className="-m-3 text-13">
        <NoticesPanel
          orgId={orgId}
          asked={asked}
          onAsked={() => {
            askNotices(false)
            // The focus goes back to this button first, a task of its own: what opens before that is closed by it.
            requestAnimationFrame(() => setTimeout(() => askApprovals('bell')))
          }}
          onOpen={(target) => {
            askNotices(false)
            onOpen(target)
          }}
        />
      </div>
    </Popover>
  )
}
