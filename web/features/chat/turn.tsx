import { useMutation } from '@tanstack/react-query'
import { FastForward, ListTree, RotateCcw, Square } from 'lucide-react'
import type { ReactNode } from 'react'
import type { FileView, TurnView } from '#shared/chat/contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { RichText } from '../../ui/rich-text.tsx'
import { glyphColors, StatusGlyph } from '../../ui/status-glyph.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { notify } from '../../ui/toast.ts'
import { useOneAtATime } from '../../ui/use-one-at-a-time.ts'
import { ApprovalAsk } from '../approvals/index.ts'
import { createAttempts, isAlive, Standing, stateOf, tookWords, useStreamingText } from '../delegations/index.ts'
import { GivenFiles } from './file-chips.tsx'
import { doesNow, earlierWords } from './turn-words.ts'

const attempts = createAttempts()

export type TurnProps = { orgId: OrgId; turn: TurnView; onOpenTrace: (delegationId: string) => void }

/** What was asked, what was said meanwhile, and the answer or how it stands. */
export function Turn({ orgId, turn, onOpenTrace }: TurnProps) {
  const { delegation, said, files, earlier } = turn
  const gap = earlierWords(earlier)
  return (
    <article aria-label={`Turn ${turn.turn}`} className="flex flex-col gap-3 px-4 py-3">
      {gap !== undefined && <p className="text-center text-12 text-pretty text-fg-2">{gap}</p>}
      <Words by={delegation.requesterName} at={delegation.createdAt} orgId={orgId} files={files}>
        {delegation.task}
      </Words>
      {said.map((words) =>
        words.from === 'person' ? (
          <Words key={words.step} by={words.by} at={words.at} orgId={orgId} files={words.files}>
            {words.text}
          </Words>
        ) : (
          <div key={words.step}>
            <By name={words.by} at={words.at} />
            <RichText text={words.text} />
          </div>
        ),
      )}
      <Reply orgId={orgId} turn={turn} onOpenTrace={onOpenTrace} />
    </article>
  )
}

type WordsProps = { by: string; at: string | null; orgId: OrgId; files: readonly FileView[]; children: string }

function Words({ by, at, orgId, files, children }: WordsProps) {
  return (
    <div className="max-w-[calc(100%-24px)] self-end rounded-8 bg-accent-soft px-3 py-2">
      <By name={by} at={at} />
      <p className="text-13 wrap-anywhere whitespace-pre-wrap">{children}</p>
      <GivenFiles orgId={orgId} files={files} />
    </div>
  )
}

function By({ name, at, children }: { name: string; at: string | null; children?: ReactNode }) {
  return (
    <p className="mb-0.5 flex flex-wrap items-center gap-x-2 text-12 text-fg-2">
      <span className="font-medium">{name}</span>
      {at !== null && <TimeAgo at={at} />}
      {children}
    </p>
  )
}

function Reply({ orgId, turn, onOpenTrace }: TurnProps) {
  const { delegation, hold, open } = turn
  const now = useNow()
  const spoken = useStreamingText(delegation.id)
  const alive = isAlive(delegation)
  const { glyph, word } = stateOf(delegation)
  const isSpeaking =
    alive && spoken !== undefined && spoken.text !== '' && open.some(({ step }) => step === spoken.step)
  const asks = open.filter(({ state }) => state === 'waiting')
  return (
    <div className="min-w-0">
      <By name={delegation.workspaceName} at={delegation.finishedAt}>
        <span className={`flex items-center gap-1 font-medium ${glyphColors[glyph]}`}>
          <StatusGlyph state={glyph} />
          {delegation.state === 'running' ? doesNow(open) : word}
        </span>
        {delegation.isRehearsal && <Badge tone="accent">Rehearsal</Badge>}
        <span className="font-mono tabular-nums">
          {[tookWords(delegation.startedAt, delegation.finishedAt, now), cost(delegation.cost)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </By>
      {delegation.answer !== null && <RichText text={delegation.answer} />}
      {isSpeaking && (
        <div aria-live="off">
          <RichText text={spoken.text} />
        </div>
      )}
      <Standing orgId={orgId} delegation={delegation} hold={hold} />
      {asks.map(({ step }) => (
        // Its margins are those of a trace, where it stands under a step.
        <div key={step} className="mt-2 -mr-2 -ml-8">
          <ApprovalAsk orgId={orgId} delegationId={delegation.id} step={step} />
        </div>
      ))}
      <TurnActs orgId={orgId} turn={turn} onOpenTrace={onOpenTrace} />
    </div>
  )
}

function cost(micro: number): string {
  return micro > 0 ? formatMoney(micro) : ''
}

function TurnActs({ orgId, turn: { delegation }, onOpenTrace }: TurnProps) {
  const onError = (error: unknown) => {
    const { message, fix } = readProblem(error)
    notify({ title: message, detail: fix, tone: 'failed' })
  }
  const stop = useMutation(trpc.delegations.cancel.mutationOptions({ onError }))
  const goOn = useMutation(trpc.delegations.continue.mutationOptions({ onError }))
  const again = useMutation(
    trpc.chat.again.mutationOptions({
      onError,
      onSuccess: (_asked, { delegationId }) => attempts.arrived(delegationId),
    }),
  )
  const beginAgain = useOneAtATime()
  const mayWrite = useMay(orgId, 'chat.write')
  const which = { orgId, delegationId: delegation.id }
  const askAgain = () =>
    beginAgain((end) => {
      again.mutate({ ...which, key: attempts.keyOf(delegation.id, 'again') }, { onSettled: end })
    })
  const alive = isAlive(delegation)
  const canGoOn = delegation.waitingFor === 'budget' && delegation.stepsTaken >= delegation.stepLimit
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-1">
      {mayWrite && canGoOn && (
        <Button
          size="small"
          tone="primary"
          icon={FastForward}
          isBusy={goOn.isPending}
          onClick={() => goOn.mutate(which)}
        >
          Continue (+25 steps)
        </Button>
      )}
      {mayWrite && alive && (
        <Button size="small" tone="danger" icon={Square} isBusy={stop.isPending} onClick={() => stop.mutate(which)}>
          Stop
        </Button>
      )}
      {delegation.answer !== null && <CopyButton text={delegation.answer} label="Copy the answer" />}
      {mayWrite && !alive && delegation.state === 'completed' && (
        <IconButton icon={RotateCcw} label="Ask again" size="small" disabled={again.isPending} onClick={askAgain} />
      )}
      {mayWrite && !alive && delegation.state !== 'completed' && (
        <Button size="small" icon={RotateCcw} isBusy={again.isPending} onClick={askAgain}>
          Ask again
        </Button>
      )}
      <IconButton icon={ListTree} label="Open the trace" size="small" onClick={() => onOpenTrace(delegation.id)} />
    </div>
  )
}
