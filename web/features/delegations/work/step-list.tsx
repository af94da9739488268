import { useQuery } from '@tanstack/react-query'
import { ChevronRight, CornerDownRight } from 'lucide-react'
import { useState } from 'react'
import type { DelegationView, StepView } from '#shared/delegations/contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { SkeletonLines } from '../../../ui/skeleton.tsx'
import { glyphColors, StatusGlyph } from '../../../ui/status-glyph.tsx'
import { ApprovalAsk } from '../../approvals/index.ts'
import { NoteLine } from './note-line.tsx'
import { SpanBar } from './span-bar.tsx'
import { stateOf, stepGlyph, tookWords } from './state-words.ts'
import { StepContents } from './step-contents.tsx'
import type { TimeAxis } from './time-axis.ts'

type Shared = {
  orgId: OrgId
  now: number
  axis: TimeAxis | undefined
  /** So deep is it nested in the trace. */
  level: number
  onOpen: (delegationId: string) => void
}

export type StepListProps = Shared & {
  delegationId: DelegationId
  steps: readonly StepView[]
  /** What these steps handed on. */
  children: readonly DelegationView[]
}

export function StepList({ delegationId, steps, children, ...shared }: StepListProps) {
  return (
    <ol>
      {steps.map((step) => (
        <li key={step.step}>
          {step.kind === 'note' ? (
            <NoteLine step={step} />
          ) : (
            <Step step={step} delegationId={delegationId} {...shared} />
          )}
          {step.state === 'waiting' && (
            <ApprovalAsk orgId={shared.orgId} delegationId={delegationId} step={step.step} />
          )}
          {children
            .filter(({ id }) => id === step.childId)
            .map((child) => (
              <Child key={child.id} child={child} {...shared} />
            ))}
        </li>
      ))}
    </ol>
  )
}

const row = 'group flex w-full gap-2 rounded-6 px-2 py-1.5 text-left hover:bg-hover'

function Step({ step, delegationId, orgId, now, axis }: Shared & { step: StepView; delegationId: DelegationId }) {
  const [isOpen, setOpen] = useState(false)
  const glyph = stepGlyph(step)
  return (
    <>
      <button type="button" data-step aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className={row}>
        <span className={`mt-0.5 shrink-0 ${glyphColors[glyph]}`}>
          <StatusGlyph state={glyph} label={step.state} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex gap-2">
            <span className="line-clamp-2 min-w-0 flex-1 text-13 break-words">{step.summary}</span>
            <span className="font-mono text-12 whitespace-nowrap text-fg-2 tabular-nums">
              {tookWords(step.startedAt, step.finishedAt, now)}
            </span>
            <Turner isOpen={isOpen} />
          </span>
          <span className="flex flex-wrap items-center gap-x-2 text-12 text-fg-2">
            <span className="truncate font-mono">{step.name}</span>
            {step.attempt > 1 && <span>attempt {step.attempt}</span>}
            <span className="ml-auto font-mono whitespace-nowrap tabular-nums">{spent(step)}</span>
          </span>
          <SpanBar axis={axis} of={step} now={now} glyph={glyph} />
        </span>
      </button>
      {isOpen && <StepContents orgId={orgId} delegationId={delegationId} step={step} />}
    </>
  )
}

function Turner({ isOpen }: { isOpen: boolean }) {
  const turned = isOpen ? 'rotate-90' : ''
  return (
    <ChevronRight
      size={14}
      strokeWidth={1.75}
      aria-hidden
      className={`mt-0.5 shrink-0 text-fg-3 transition-transform ${turned}`}
    />
  )
}

function spent({ cost, inputTokens, outputTokens }: StepView): string {
  const tokens = inputTokens + outputTokens
  const parts = [tokens > 0 && `${tokens.toLocaleString('en')} tokens`, cost > 0 && formatMoney(cost)]
  return parts.filter(Boolean).join(' · ')
}

/** Work that was handed on, at its place in time; opened it shows its own steps on the same axis. */
function Child({ child, ...shared }: Shared & { child: DelegationView }) {
  const [isOpen, setOpen] = useState(false)
  const { glyph, word } = stateOf(child)
  return (
    <div className="ml-4 border-l border-line pl-1">
      <button type="button" data-step aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className={row}>
        <CornerDownRight size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-fg-3" />
        <span className="min-w-0 flex-1">
          <span className="flex gap-2">
            <span className="line-clamp-2 min-w-0 flex-1 text-13 break-words">
              <span className="font-medium">{child.workspaceName}</span>{' '}
              <span className={`${glyphColors[glyph]}`}>{word}</span>
            </span>
            <span className="font-mono text-12 whitespace-nowrap text-fg-2 tabular-nums">
              {[tookWords(child.startedAt, child.finishedAt, shared.now), child.cost > 0 && formatMoney(child.cost)]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <Turner isOpen={isOpen} />
          </span>
          <SpanBar axis={shared.axis} of={child} now={shared.now} glyph={glyph} />
        </span>
      </button>
      {isOpen && <ChildSteps child={child} {...shared} />}
    </div>
  )
}

/** Further in one reads it on its own: there is no room for more. */
const deepest = 3

function ChildSteps({ child, ...shared }: Shared & { child: DelegationView }) {
  const isDeep = shared.level >= deepest
  const detail = useQuery({
    ...trpc.delegations.get.queryOptions({ orgId: shared.orgId, delegationId: child.id }),
    staleTime: 0,
    enabled: !isDeep,
  }).data
  return (
    <section aria-label={`Steps of ${child.workspaceName}`}>
      {!isDeep && !detail && <SkeletonLines count={2} label="Loading its steps" />}
      {detail && (
        <StepList {...shared} level={shared.level + 1} delegationId={child.id} steps={detail.steps}>
          {detail.children}
        </StepList>
      )}
      <Button size="small" tone="ghost" onClick={() => shared.onOpen(child.id)}>
        Open the work of {child.workspaceName}
      </Button>
    </section>
  )
}
