import { ChevronRight } from 'lucide-react'
import { type RefObject, useState } from 'react'
import type { StepView } from '#shared/delegations/contract.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { glyphColors, StatusGlyph } from '../../../ui/status-glyph.tsx'
import { ApprovalAsk } from '../../approvals/index.ts'
import { NoteLine } from './note-line.tsx'
import { stepGlyph, tookMs, tookWords } from './state-words.ts'

export type StepTraceProps = {
  orgId: OrgId
  delegationId: DelegationId
  steps: readonly StepView[]
  now: number
  /** Work goes on and its end is kept in view. */
  isLive: boolean
  /** Put behind the last line. */
  end: RefObject<HTMLSpanElement | null>
}

/** The journal: each step with its sentence, its time, and a bar that shows when it ran. */
export function StepTrace({ orgId, delegationId, steps, now, isLive, end }: StepTraceProps) {
  const starts = steps.flatMap(({ startedAt }) => (startedAt === null ? [] : Date.parse(startedAt)))
  const ends = steps.flatMap(({ startedAt, finishedAt }) =>
    startedAt === null ? [] : finishedAt === null ? now : Date.parse(finishedAt),
  )
  const from = Math.min(...starts)
  const whole = Math.max(1, Math.max(...ends) - from)
  if (steps.length === 0) {
    return <p className="px-4 py-3 text-13 text-fg-2">No step yet: it waits for its turn.</p>
  }
  return (
    <section aria-label="Steps" className="px-2 py-2">
      <h3 className="flex items-center gap-2 px-2 py-1 text-12 text-fg-2">
        Steps · {steps.length}
        {isLive && (
          <span className="flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-full bg-state-completed" />
            Live
          </span>
        )}
      </h3>
      <ol>
        {steps.map((step) => (
          <li key={step.step}>
            {step.kind === 'note' ? <NoteLine step={step} /> : <Step step={step} now={now} from={from} whole={whole} />}
            {step.state === 'waiting' && <ApprovalAsk orgId={orgId} delegationId={delegationId} step={step.step} />}
          </li>
        ))}
      </ol>
      <span ref={end} aria-hidden className="block h-px" />
    </section>
  )
}

type StepProps = { step: StepView; now: number; from: number; whole: number }

function Step({ step, now, from, whole }: StepProps) {
  const [isOpen, setOpen] = useState(false)
  const glyph = stepGlyph(step)
  const took = tookMs(step.startedAt, step.finishedAt, now)
  const left = step.startedAt === null ? 0 : ((Date.parse(step.startedAt) - from) / whole) * 100
  const width = took === undefined ? 0 : Math.max(1.5, (took / whole) * 100)
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="group flex w-full gap-2 rounded-6 px-2 py-1.5 text-left hover:bg-hover"
      >
        <span className={`mt-0.5 shrink-0 ${glyphColors[glyph]}`}>
          <StatusGlyph state={glyph} label={step.state} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex gap-2">
            <span className="line-clamp-2 min-w-0 flex-1 text-13 break-words">{step.summary}</span>
            <span className="font-mono text-12 whitespace-nowrap text-fg-2 tabular-nums">
              {tookWords(step.startedAt, step.finishedAt, now)}
            </span>
            <ChevronRight
              size={14}
              strokeWidth={1.75}
              aria-hidden
              className={`mt-0.5 shrink-0 text-fg-3 transition-transform ${isOpen ? 'rotate-90' : ''}`}
            />
          </span>
          <span className="flex items-center gap-2 text-12 text-fg-2">
            <span className="truncate font-mono">{step.name}</span>
            {step.attempt > 1 && <span>attempt {step.attempt}</span>}
          </span>
          <span aria-hidden className="relative mt-1 block h-1 rounded-4 bg-surface-3">
            <span
              className={`absolute inset-y-0 rounded-4 bg-current ${glyphColors[glyph]}`}
              style={{ left: `${Math.min(98.5, left)}%`, width: `${Math.min(width, 100 - Math.min(98.5, left))}%` }}
            />
          </span>
        </span>
      </button>
      {isOpen && <StepContents step={step} />}
    </>
  )
}

function StepContents({ step }: { step: StepView }) {
  return (
    <div className="mb-2 ml-8 flex flex-col gap-2 pr-2">
      {step.error !== null && <p className="text-13 break-words whitespace-pre-wrap text-danger">{step.error}</p>}
      <Contents title="In" value={step.input} />
      <Contents title={step.isRehearsal ? 'Out, by the rehearsal model' : 'Out'} value={step.output} />
      {step.inputTokens + step.outputTokens > 0 && (
        <p className="font-mono text-12 text-fg-2 tabular-nums">
          {step.inputTokens} tokens in · {step.outputTokens} out
        </p>
      )}
    </div>
  )
}

function Contents({ title, value }: { title: string; value: unknown }) {
  if (value === null || value === undefined) return null
  return (
    <div>
      <p className="text-12 text-fg-2">{title}</p>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long contents scroll, so the keyboard must reach them.
        tabIndex={0}
        className="mt-0.5 max-h-60 overflow-auto rounded-6 border border-line bg-surface-2 p-2 font-mono text-12 break-words whitespace-pre-wrap"
      >
        {JSON.stringify(value, null, 2)}
      </pre>
    </div>
  )
}
