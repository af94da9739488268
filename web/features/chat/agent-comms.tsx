import { useInfiniteQuery } from '@tanstack/react-query'
import { ArrowLeft, ArrowRight, ChevronsDown, ListTree, MessagesSquare } from 'lucide-react'
import type { Comm } from '#shared/chat/contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, trpc } from '../../kernel/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { RichText } from '../../ui/rich-text.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { glyphColors, StatusGlyph } from '../../ui/status-glyph.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { stateOf } from '../delegations/index.ts'

export type AgentCommsProps = { orgId: OrgId; workspace: Workspace; onOpenTrace: (delegationId: string) => void }

const pageSize = 30

/** What went between this workspace and other agents, newest first: read, and never written here. */
export function AgentComms({ orgId, workspace, onOpenTrace }: AgentCommsProps) {
  const comms = useInfiniteQuery({
    queryKey: [...trpc.chat.comms.pathKey(), { orgId, pagesOf: workspace.id }],
    queryFn: ({ pageParam }) =>
      client.chat.comms.query({
        ...{ orgId, workspaceId: workspace.id, limit: pageSize },
        ...(pageParam !== null && { before: pageParam }),
      }),
    initialPageParam: newest,
    getNextPageParam: (page) => (page.length < pageSize ? undefined : page.at(-1)?.delegation.createdAt),
    staleTime: 0,
  })
  if (comms.error && !comms.data) {
    const { message, fix } = readProblem(comms.error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void comms.refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  if (!comms.data) {
    return (
      <div className="p-4">
        <SkeletonLines count={5} label="Loading what agents said" />
      </div>
    )
  }
  const all = comms.data.pages.flat()
  if (all.length === 0) {
    return (
      <EmptyState icon={MessagesSquare} title="No word with other agents yet">
        What {workspace.name} hands to its peers, and what they hand to it, is read here.
      </EmptyState>
    )
  }
  return (
    <section
      aria-label="Agent comms"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it.
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto focus-visible:outline-offset-[-2px]"
    >
      <ul>
        {all.map((comm) => (
          <li key={comm.delegation.id} className="border-b border-line px-4 py-3">
            <Exchange comm={comm} name={workspace.name} onOpenTrace={onOpenTrace} />
          </li>
        ))}
      </ul>
      {comms.hasNextPage && (
        <p className="flex justify-center py-3">
          <Button
            size="small"
            icon={ChevronsDown}
            isBusy={comms.isFetchingNextPage}
            onClick={() => void comms.fetchNextPage()}
          >
            Show earlier
          </Button>
        </p>
      )}
    </section>
  )
}

const newest: string | null = null

type ExchangeProps = { comm: Comm; name: string; onOpenTrace: (delegationId: string) => void }

function Exchange({ comm: { direction, withName, delegation }, name, onOpenTrace }: ExchangeProps) {
  const { glyph, word } = stateOf(delegation)
  const [from, to] = direction === 'sent' ? [name, withName] : [withName, name]
  return (
    <article aria-label={`${from} to ${to}`} className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-2 text-12 text-fg-2">
        <Way from={from} to={to} isOut={direction === 'sent'} />
        <TimeAgo at={delegation.createdAt} />
        {delegation.isRehearsal && <Badge tone="accent">Rehearsal</Badge>}
        <span className="ml-auto">
          <IconButton icon={ListTree} label="Open the trace" size="small" onClick={() => onOpenTrace(delegation.id)} />
        </span>
      </p>
      <p className="text-13 break-words whitespace-pre-wrap">{delegation.task}</p>
      <div className="ml-3 border-l-2 border-line-2 pl-3">
        <p className="mb-0.5 flex flex-wrap items-center gap-x-2 text-12 text-fg-2">
          <span className="font-medium">{to}</span>
          <span className={`flex items-center gap-1 font-medium ${glyphColors[glyph]}`}>
            <StatusGlyph state={glyph} />
            {word}
          </span>
          {delegation.finishedAt !== null && <TimeAgo at={delegation.finishedAt} />}
          {delegation.cost > 0 && <span className="font-mono tabular-nums">{formatMoney(delegation.cost)}</span>}
        </p>
        {delegation.answer !== null && <RichText text={delegation.answer} />}
        {delegation.reason !== null && <p className="text-13 text-pretty text-fg-2">{delegation.reason}</p>}
      </div>
    </article>
  )
}

function Way({ from, to, isOut }: { from: string; to: string; isOut: boolean }) {
  const Arrow = isOut ? ArrowRight : ArrowLeft
  const [left, right] = isOut ? [from, to] : [to, from]
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-1 font-medium">
      <span className="break-words">{left}</span>
      <Arrow size={14} strokeWidth={1.75} role="img" aria-label={isOut ? 'asked' : 'was asked by'} />
      <span className="break-words">{right}</span>
    </span>
  )
}
