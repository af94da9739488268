import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { StepView } from '#shared/delegations/contract.ts'
import type { ComparedStep, Comparison } from '#shared/delegations/replay-contract.ts'
import { Badge } from '../../../ui/badge.tsx'
import { glyphColors, StatusGlyph } from '../../../ui/status-glyph.tsx'
import { stepGlyph } from '../work/state-words.ts'
import { outcomeOf } from './outcome.ts'

/** Every step of both in rows; the beginning they share is folded, but for what was edited in it. */
export function ComparedSteps({ both, names }: { both: Comparison; names: { left: string; right: string } }) {
  const [isOpen, setOpen] = useState(false)
  const beginning = both.rows.slice(0, both.shared)
  const rows = [...(isOpen ? beginning : beginning.filter(({ is }) => is !== 'same')), ...both.rows.slice(both.shared)]
  const folded = beginning.filter(({ is }) => is === 'same').length
  return (
    <section aria-label="Steps of both">
      <h3 className="mb-1 text-12 text-fg-2">Steps</h3>
      {folded > 0 && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="mb-1 flex w-full items-center gap-1.5 rounded-6 bg-surface-3 px-2 py-1 text-left text-12 text-fg-2 hover:text-fg"
        >
          <ChevronRight size={14} strokeWidth={1.75} aria-hidden className={isOpen ? 'rotate-90' : undefined} />
          {folded === 1 ? 'One step is the same in both' : `${folded} steps are the same in both`}
        </button>
      )}
      <table className="w-full table-fixed text-13">
        <thead className="sr-only">
          <tr>
            <th scope="col">{names.left}</th>
            <th scope="col">{names.right}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.left}/${row.right}`} className="border-t border-line align-top">
              <Cell step={stepAt(both.left.steps, row.left)} is={row.is} />
              <Cell step={stepAt(both.right.steps, row.right)} is={row.is} />
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="text-13 text-fg-2">Neither has gone on from there yet.</p>}
    </section>
  )
}

function stepAt(steps: readonly StepView[], number: number | null): StepView | undefined {
  return number === null ? undefined : steps.find(({ step }) => step === number)
}

function Cell({ step, is }: { step: StepView | undefined; is: ComparedStep['is'] }) {
  if (!step) {
    return (
      <td className="py-1.5 pr-3 text-12 text-fg-2">
        <span aria-hidden>–</span>
        <span className="sr-only">No such step</span>
      </td>
    )
  }
  const glyph = stepGlyph(step)
  return (
    <td className="py-1.5 pr-3">
      <span className="flex gap-2">
        <span className={`mt-0.5 ${glyphColors[glyph]}`}>
          <StatusGlyph state={glyph} label={step.state} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="line-clamp-3 break-words" title={step.summary}>
            {step.summary}
          </span>
          {is !== 'same' && <Outcome words={outcomeOf(step)} />}
          <span className="flex flex-wrap items-center gap-2 text-12 text-fg-2">
            <span className="truncate font-mono">
              {step.step} · {step.name}
            </span>
            {is === 'edited' && <Badge tone="accent">Edited</Badge>}
            {is === 'other' && step.kind !== 'context' && <Badge>Differs</Badge>}
          </span>
        </span>
      </span>
    </td>
  )
}

function Outcome({ words }: { words: string }) {
  if (words === '') return null
  return (
    <span className="mt-0.5 line-clamp-4 text-12 break-words whitespace-pre-wrap text-fg-2" title={words}>
      {words}
    </span>
  )
}
