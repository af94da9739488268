import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { PromptCase, PromptTrial } from '#shared/delegations/replay-contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Spinner } from '../../../ui/spinner.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { Difference } from '../compare/difference.tsx'
import type { Trial } from './use-trials.ts'

/** One recorded delegation: its task, and once it is tried, its answer before and after. Changed ones open by themselves. */
export function CaseRow({ of, trial, isRehearsal }: { of: PromptCase; trial: Trial; isRehearsal: boolean }) {
  const [toggled, setToggled] = useState<boolean>()
  const result = trial.phase === 'tried' ? trial.result : undefined
  const isOpen = toggled ?? result?.hasChanged ?? false
  return (
    <li className="border-t border-line py-2 first:border-0">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setToggled(!isOpen)}
        className="flex w-full items-start gap-2 rounded-6 px-1 py-1 text-left hover:bg-hover"
      >
        <ChevronRight
          size={14}
          strokeWidth={1.75}
          aria-hidden
          className={`mt-1 shrink-0 text-fg-3 ${isOpen ? 'rotate-90' : ''}`}
        />
        <span className="min-w-0 flex-1">
          <span className="line-clamp-2 text-13 break-words">{of.task}</span>
          <span className="flex flex-wrap gap-x-2 text-12 text-fg-2">
            <TimeAgo at={of.finishedAt} />
            <Figures of={of} result={result} />
          </span>
        </span>
        <Verdict trial={trial} />
      </button>
      {isOpen && (
        <div className="mt-2 pl-6">
          <Difference
            before={{ title: 'Answer before', text: of.answer }}
            after={{
              title: isRehearsal ? 'Answer with this prompt, in rehearsal' : 'Answer with this prompt',
              text: result?.answer ?? null,
              none: noAnswer(trial),
            }}
          />
          {result && result.unrecorded.length > 0 && <Unrecorded calls={result.unrecorded} />}
        </div>
      )}
    </li>
  )
}

function Verdict({ trial }: { trial: Trial }) {
  if (trial.phase === 'idle') return null
  if (trial.phase === 'running') {
    return (
      <span className="flex items-center gap-1.5 text-12 text-fg-2">
        <Spinner /> Trying
      </span>
    )
  }
  if (trial.phase === 'refused') return <Badge tone="failed">Not tried</Badge>
  if (trial.result.answer === null) return <Badge tone="failed">Does not complete</Badge>
  return trial.result.hasChanged ? <Badge tone="accent">Changed</Badge> : <Badge>Same answer</Badge>
}

function noAnswer(trial: Trial): string {
  if (trial.phase === 'refused') return trial.message
  if (trial.phase === 'tried') return trial.result.reason ?? 'It gives no answer.'
  return 'Not tried yet.'
}

function Figures({ of, result }: { of: PromptCase; result: PromptTrial | undefined }) {
  const tokens = result && result.inputTokens + result.outputTokens
  return (
    <>
      <span className="tabular-nums">
        {of.tokens.toLocaleString()}
        {tokens !== undefined && ` → ${tokens.toLocaleString()}`} tokens
      </span>
      {(of.cost > 0 || (result?.cost ?? 0) > 0) && (
        <span className="tabular-nums">
          {formatMoney(of.cost)}
          {result && ` → ${formatMoney(result.cost)}`}
        </span>
      )}
    </>
  )
}

function Unrecorded({ calls }: { calls: PromptTrial['unrecorded'] }) {
  const peers = [...new Set(calls.filter(({ by }) => by === 'peer').map(({ name }) => name))]
  const tools = [...new Set(calls.filter(({ by }) => by === 'nobody').map(({ name }) => name))]
  return (
    <p className="mt-2 text-12 text-pretty text-fg-2">
      {peers.length > 0 && `Nothing was recorded for its part to ${peers.join(', ')}: played as it would be now. `}
      {tools.length > 0 && `Nothing was recorded for ${tools.join(', ')}: not done.`}
    </p>
  )
}
