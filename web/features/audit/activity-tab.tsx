import { useInfiniteQuery } from '@tanstack/react-query'
import { Download, History } from 'lucide-react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useWorkspaces } from '../workspaces/index.ts'
import { saveLog } from './export.ts'
import { delegationOf, sentenceOf } from './sentence.ts'

export type ActivityTabProps = { orgId: OrgId; workspaceId: WorkspaceId; onOpenWork: (delegationId: string) => void }

/** What the org's log says of this workspace, newest first. */
export function ActivityTab({ orgId, workspaceId, onOpenWork }: ActivityTabProps) {
  const names = new Map<string, string>(useWorkspaces(orgId).map(({ id, name }) => [id, name]))
  const nameOf = (id: string) => names.get(id) ?? 'a workspace that is gone'
  const log = useInfiniteQuery({
    ...trpc.audit.list.infiniteQueryOptions(
      { orgId, workspaceId },
      { getNextPageParam: (page) => page.next ?? undefined, initialCursor: undefined },
    ),
    staleTime: 0,
  })
  if (log.error && !log.data) {
    const { message, fix } = readProblem(log.error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void log.refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  if (!log.data) {
    return (
      <div className="p-4">
        <SkeletonLines count={6} label="Loading the activity" />
      </div>
    )
  }
  const events = log.data.pages.flatMap((page) => page.events)
  if (events.length === 0) {
    return (
      <EmptyState icon={History} title="Nothing has happened yet">
        Edits, moves and work are told here as they happen.
      </EmptyState>
    )
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-2 py-2">
      <ol>
        {events.map((event) => (
          <li key={event.id}>
            <Line event={event} words={sentenceOf(event, workspaceId, nameOf)} onOpenWork={onOpenWork} />
          </li>
        ))}
      </ol>
      <div className="flex justify-center gap-2 py-2">
        {log.hasNextPage && (
          <Button size="small" isBusy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            Show earlier
          </Button>
        )}
        <Button size="small" tone="ghost" icon={Download} onClick={() => saveLog(orgId, { workspaceId })}>
          Export this log
        </Button>
      </div>
    </div>
  )
}

type LineProps = { event: OrgEvent; words: string; onOpenWork: (delegationId: string) => void }

function Line({ event, words, onOpenWork }: LineProps) {
  const delegationId = delegationOf(event)
  const contents = (
    <>
      <span className="min-w-0 flex-1 text-13 break-words">{words}</span>
      <span className="shrink-0 text-12 text-fg-2 tabular-nums">
        <TimeAgo at={event.at} />
      </span>
    </>
  )
  if (delegationId === undefined) return <p className="flex gap-3 px-2 py-1.5">{contents}</p>
  return (
    <button
      type="button"
      onClick={() => onOpenWork(delegationId)}
      className="flex w-full gap-3 rounded-6 px-2 py-1.5 text-left hover:bg-hover"
    >
      {contents}
    </button>
  )
}
