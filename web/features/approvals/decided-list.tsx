import { useInfiniteQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import type { ApprovalState, ApprovalView } from '#shared/approvals/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { Badge, type BadgeTone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { decidedQuery } from './cache.ts'
import { decidedWords } from './words.ts'

/** What was answered, newest first: which call, by whom, and why. */
export function DecidedList({ orgId }: { orgId: OrgId }) {
  const decided = useInfiniteQuery(decidedQuery(orgId))
  if (!decided.data) {
    if (!decided.error) return <SkeletonLines count={4} label="Loading the history" />
    const { message, fix } = readProblem(decided.error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void decided.refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  const approvals = decided.data.pages.flatMap((page) => page.approvals)
  if (approvals.length === 0) {
    return (
      <EmptyState icon={History} title="Nothing was answered yet">
        Each answer stays here with who gave it and why.
      </EmptyState>
    )
  }
  return (
    <>
      <ul aria-label="Answered" className="px-2">
        {approvals.map((approval) => (
          <li key={approval.id} className="border-b border-line px-2 py-2 last:border-0">
            <Decided approval={approval} />
          </li>
        ))}
      </ul>
      {decided.hasNextPage && (
        <div className="p-2">
          <Button
            size="small"
            tone="ghost"
            isBusy={decided.isFetchingNextPage}
            onClick={() => void decided.fetchNextPage()}
          >
            Show older
          </Button>
        </div>
      )}
    </>
  )
}

const tones: Record<ApprovalState, BadgeTone> = {
  pending: 'waiting',
  approved: 'completed',
  denied: 'failed',
  expired: 'neutral',
  withdrawn: 'neutral',
}

function Decided({ approval }: { approval: ApprovalView }) {
  const { workspaceName, tool, task, state, decidedAt, decidedBy, reason } = approval
  const isPerson = state === 'approved' || state === 'denied'
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13">
        <Badge tone={tones[state]}>{decidedWords[state]}</Badge>
        <span className="font-medium">{workspaceName}</span>
        <span className="font-mono text-12 break-all">{tool}</span>
      </p>
      <p className="mt-0.5 line-clamp-2 text-12 break-words text-fg-2" title={task}>
        {task}
      </p>
      {reason !== '' && <p className="mt-0.5 text-12 break-words">“{reason}”</p>}
      <p className="mt-0.5 text-12 text-fg-2">
        {isPerson && `by ${decidedBy ?? 'somebody'} `}
        {decidedAt !== null && <TimeAgo at={decidedAt} />}
      </p>
    </>
  )
}
