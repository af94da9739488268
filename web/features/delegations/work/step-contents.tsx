import type { ReactNode } from 'react'
import type { StepView } from '#shared/delegations/contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'
import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { parsed, Readable } from '../../../ui/readable.tsx'
import { RichText } from '../../../ui/rich-text.tsx'
import { ModelWindow } from './model-window.tsx'
import { readAnswer, readCall, readContext, readText } from './step-reading.ts'

type StepContentsProps = { orgId: OrgId; delegationId: DelegationId; step: StepView }

/** A step opened: what went in and what came out, in the form that suits its kind. */
export function StepContents({ orgId, delegationId, step }: StepContentsProps) {
  return (
    <div className="mb-2 ml-8 flex flex-col gap-3 pr-2">
      {step.error !== null && <p className="text-13 break-words whitespace-pre-wrap text-danger">{step.error}</p>}
      {step.kind === 'model' && <ModelWindow orgId={orgId} delegationId={delegationId} step={step.step} />}
      {step.kind === 'model' && <Answer step={step} />}
      {(step.kind === 'tool' || step.kind === 'message') && <Call delegationId={delegationId} step={step} />}
      {step.kind === 'context' && <Context step={step} />}
      {step.inputTokens + step.outputTokens > 0 && (
        <p className="font-mono text-12 text-fg-2 tabular-nums">
          {step.inputTokens.toLocaleString('en')} tokens in · {step.outputTokens.toLocaleString('en')} out
          {step.cost > 0 && ` · ${formatMoney(step.cost)}`}
        </p>
      )}
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h4 className="mb-0.5 text-12 text-fg-2">{title}</h4>
      {children}
    </section>
  )
}

function Answer({ step }: { step: StepView }) {
  const answer = readAnswer(step.output)
  if (!answer) return null
  return (
    <Part title={step.isRehearsal ? 'What the rehearsal model said' : 'What it said'}>
      {answer.text !== '' && <RichText text={answer.text} />}
      {answer.calls.map(({ id, name, args }) => (
        <div key={id} className="mt-1.5 rounded-6 border border-line bg-surface-2 p-2">
          <p className="mb-1 font-mono text-12">calls {name}</p>
          <Readable value={parsed(args)} />
        </div>
      ))}
      {answer.finish !== 'stop' && answer.finish !== 'tool-calls' && (
        <p className="mt-1 text-12 text-fg-2">It ended with: {answer.finish}.</p>
      )}
    </Part>
  )
}

function Call({ delegationId, step }: { delegationId: DelegationId; step: StepView }) {
  const call = readCall(step.input)
  const text = readText(step.output)
  // Only what has run can be run again as it was; one that got no yes never began.
  const hasRun = step.startedAt !== null && step.finishedAt !== null
  const source = call?.name === 'run_code' && hasRun ? `${delegationId}.${step.step}` : undefined
  return (
    <>
      {call && (
        <Part title="Called with">
          <Readable value={parsed(call.args)} source={source} />
        </Part>
      )}
      {text !== undefined && (
        <Part title="Gave">{step.childId === null ? <Readable value={parsed(text)} /> : <RichText text={text} />}</Part>
      )}
    </>
  )
}

function Context({ step }: { step: StepView }) {
  const context = readContext(step.output)
  if (!context) return null
  return (
    <Part title="What it knew when it began">
      <Readable value={context} />
    </Part>
  )
}
