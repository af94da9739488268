import { X } from 'lucide-react'
import type { ApprovalView } from '#shared/approvals/contract.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { StatusGlyph } from '../../ui/status-glyph.tsx'
import { askApprovals, hideBanner } from './ask.ts'
import { TimeLeft } from './time-left.tsx'
import { wantsWords } from './words.ts'

/** The question that has waited longest for a person, with how many more do. */
export function BannerBody({ first, more }: { first: ApprovalView; more: number }) {
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
