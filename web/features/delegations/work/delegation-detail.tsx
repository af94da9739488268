import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowLeft } from 'lucide-react'
import { formatMoney } from '#shared/kernel/format-money.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { trpc } from '../../../kernel/trpc.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.ts'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { RichText } from '../../../ui/rich-text.tsx'
import { SkeletonLines } from '../../../ui/skeleton.tsx'
import { glyphColors, StatusGlyph } from '../../../ui/status-glyph.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { PlanView } from '../../memory/index.ts'
import { ForkActs } from '../compare/fork-acts.tsx'
import { DelegationActs } from './delegation-acts.tsx'
import { LogDownload } from './log-download.tsx'
import { Standing } from './standing.tsx'
import { isAlive, stateOf, tookWords } from './state-words.ts'
import { StepTrace } from './step-trace.tsx'
import { useLiveTail } from './use-live-tail.ts'
import { WorkTree } from './work-tree.tsx'

export type DelegationDetailProps = {
  orgId: OrgId
  delegationId: DelegationId
  onOpen: (delegationId: string) => void
  onClose: () => void
}

/** One delegation whole: the task, how it stands and why, the answer, every step, and the work it handed on. */
export function DelegationDetail({ orgId, delegationId, onOpen, onClose }: DelegationDetailProps) {
  const now = useNow()
  const detail = useQuery({
    ...trpc.delegations.get.queryOptions({ orgId, delegationId }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  })
  const running = detail.data?.delegation.id === delegationId && isAlive(detail.data.delegation)
  const tail = useLiveTail(running, detail.data?.steps.length ?? 0)
  const back = (
    <Button size="small" tone="ghost" icon={ArrowLeft} onClick={onClose}>
      All work
    </Button>
  )
  if (detail.error && !detail.data) {
    const { message, fix } = readProblem(detail.error)
    return (
      <div className="p-2">
        {back}
        <ErrorPanel title={message} action={<Button onClick={() => void detail.refetch()}>Try again</Button>}>
          {fix}
        </ErrorPanel>
      </div>
    )
  }
  if (!detail.data || detail.data.delegation.id !== delegationId) {
    return (
      <div className="p-2">
        {back}
        <div className="p-2">
          <SkeletonLines count={6} label="Loading the delegation" />
        </div>
      </div>
    )
  }
  const { delegation, hold, steps, children } = detail.data
  const { glyph, word } = stateOf(delegation)
  const took = tookWords(delegation.startedAt, delegation.finishedAt, now)
  return (
    <>
      <div ref={tail.scroll} onScroll={tail.onScroll} className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="flex items-center gap-1 px-2 pt-2">{back}</div>
        <section aria-label="Delegation" className="border-b border-line px-4 pt-2 pb-4">
          <p className="flex flex-wrap items-center gap-x-2 text-12 text-fg-2">
            <span className={`flex items-center gap-1.5 font-medium ${glyphColors[glyph]}`}>
              <StatusGlyph state={glyph} />
              {word}
            </span>
            <span>from {delegation.requesterName}</span>
            <TimeAgo at={delegation.createdAt} />
            {delegation.isRehearsal && <Badge tone="accent">Rehearsal</Badge>}
          </p>
          <p className="mt-2 text-13 font-medium break-words whitespace-pre-wrap">{delegation.task}</p>
          <Standing orgId={orgId} delegation={delegation} hold={hold} />
          {delegation.answer !== null && (
            <div className="mt-3 rounded-6 border border-line bg-surface-2 p-3">
              <h3 className="text-12 text-fg-2">Answer{delegation.isRehearsal && ' of the rehearsal model'}</h3>
              <div className="mt-1">
                <RichText text={delegation.answer} />
              </div>
            </div>
          )}
        </section>
        <WorkTree orgId={orgId} delegationId={delegation.id} onOpen={onOpen} />
        <PlanView orgId={orgId} delegationId={delegation.id} />
        <StepTrace
          orgId={orgId}
          delegationId={delegation.id}
          steps={steps}
          now={now}
          isLive={running && tail.isFollowing}
          end={tail.end}
          onOpen={onOpen}
        >
          {children}
        </StepTrace>
        <ForkActs orgId={orgId} delegation={delegation} steps={steps} onOpen={onOpen} />
        <dl className="grid grid-cols-[1fr_auto] gap-y-1.5 border-t border-line px-4 py-3 text-13">
          <dt className="text-fg-2">Steps</dt>
          <dd className="font-mono tabular-nums">
            {delegation.stepsTaken} of {delegation.stepLimit}
          </dd>
          <dt className="text-fg-2">Tokens in and out</dt>
          <dd className="font-mono tabular-nums">
            {delegation.inputTokens.toLocaleString()} / {delegation.outputTokens.toLocaleString()}
          </dd>
          <dt className="text-fg-2">Cost</dt>
          <dd className="font-mono tabular-nums">{formatMoney(delegation.cost)}</dd>
          {took !== '' && (
            <>
              <dt className="text-fg-2">Time</dt>
              <dd className="font-mono tabular-nums">{took}</dd>
            </>
          )}
        </dl>
        <LogDownload orgId={orgId} delegationId={delegation.id} />
        {running && !tail.isFollowing && (
          <div className="pointer-events-none sticky bottom-2 flex justify-center">
            <Button size="small" icon={ArrowDown} onClick={tail.follow} className="pointer-events-auto shadow-float">
              Follow the work
            </Button>
          </div>
        )}
      </div>
      <DelegationActs key={delegation.id} orgId={orgId} delegation={delegation} onOpen={onOpen} />
    </>
  )
}
