import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { useMay } from '../../kernel/may.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { StatusGlyph } from '../../ui/status-glyph.tsx'
import { askApprovals, hideBanner, useIsBannerHidden } from './ask.ts'
import { pendingQuery } from './cache.ts'
import { TimeLeft } from './time-left.tsx'
import { wantsWords } from './words.ts'

/** Over the org: the question that has waited longest for a person, with how many more do. */
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
    <section
      aria-label="Waiting for approval"
      className="flex shrink-0 items-center gap-x-3 border-b border-line bg-waiting-soft py-1.5 pr-2 pl-4"
    >
      <span className="shrink-0 text-state-waiting">
        <StatusGlyph state="waiting-approval" />
      </span>
      <p role="status" className="min-w-0 flex-1 text-13 text-pretty">
        <span className="font-medium">{first.workspaceName}</span> {wantsWords(first)}{' '}
        <span className="font-mono text-12 break-all">{first.tool}</span>
        {more > 0 && (
          <span className="text-fg-2">
            , and {more} more {more === 1 ? 'waits' : 'wait'}
          </span>
        )}
      </p>
      <span className="hidden text-12 text-fg-2 wide:block">
        <TimeLeft until={first.expiresAt} />
      </span>
      <Button size="small" onClick={() => askApprovals('bell')}>
        Look
      </Button>
      <IconButton icon={X} size="small" label="Hide until something new waits" onClick={hideBanner} />
    </section>
  )
}
