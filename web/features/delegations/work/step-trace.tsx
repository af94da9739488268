import { type KeyboardEvent, type RefObject, useState } from 'react'
import type { DelegationView, StepView } from '#shared/delegations/contract.ts'
import { formatDuration } from '#shared/kernel/format-time.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { classes } from '../../../ui/classes.ts'
import { fits, type StepFilter, stepFilters } from './step-kinds.ts'
import { StepList } from './step-list.tsx'
import { axisOf, type TimeAxis } from './time-axis.ts'

export type StepTraceProps = {
  orgId: OrgId
  delegationId: DelegationId
  steps: readonly StepView[]
  children: readonly DelegationView[]
  now: number
  /** Work goes on and its end is kept in view. */
  isLive: boolean
  /** Put behind the last line. */
  end: RefObject<HTMLSpanElement | null>
  onOpen: (delegationId: string) => void
}

/** The journal on one axis of time: each step with its sentence, time and cost; what was handed on is nested in its step. */
export function StepTrace({ orgId, delegationId, steps, children, now, isLive, end, onOpen }: StepTraceProps) {
  const [filter, setFilter] = useState<StepFilter>('all')
  const axis = axisOf([...steps, ...children], now)
  const shown = steps.filter((step) => fits(step, filter))
  const offered = stepFilters.filter(({ id }) => id === filter || steps.some((step) => fits(step, id)))
  if (steps.length === 0) {
    return <p className="px-4 py-3 text-13 text-fg-2">No step yet: it waits for its turn.</p>
  }
  return (
    <section aria-label="Steps" onKeyDown={walk} className="px-2 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-2 py-1 text-12 text-fg-2">
        <h3>Steps · {steps.length}</h3>
        {isLive && (
          <span className="flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-full bg-state-completed" />
            Live
          </span>
        )}
      </div>
      {offered.length > 2 && (
        <fieldset className="flex flex-wrap gap-1 px-2 pb-1">
          <legend className="sr-only">Show only</legend>
          {offered.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              aria-pressed={filter === id}
              onClick={() => setFilter(id)}
              className={classes(
                'rounded-4 px-1.5 py-0.5 text-12',
                filter === id ? 'bg-accent-soft text-accent' : 'text-fg-2 hover:bg-hover hover:text-fg',
              )}
            >
              {label} <span className="tabular-nums">{steps.filter((step) => fits(step, id)).length}</span>
            </button>
          ))}
        </fieldset>
      )}
      {axis && <Scale axis={axis} />}
      <StepList {...{ orgId, delegationId, steps: shown, now, axis, level: 0, onOpen }}>{children}</StepList>
      <span ref={end} aria-hidden className="block h-px" />
    </section>
  )
}

function Scale({ axis }: { axis: TimeAxis }) {
  const whole = axis.to - axis.from
  return (
    <p aria-hidden className="flex justify-between px-2 pl-8 font-mono text-12 text-fg-3 tabular-nums">
      <span>0</span>
      <span>{formatDuration(whole / 2)}</span>
      <span>{formatDuration(whole)}</span>
    </p>
  )
}

/** Up and down from step to step, to the first and the last; Enter and Space open. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-step]')]
  const at = all.findIndex((one) => one.contains(document.activeElement))
  if (at === -1) return
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  all[to]?.focus()
}
