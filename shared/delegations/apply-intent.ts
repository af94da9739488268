import type { Intent } from './decide.ts'
import { note } from './hold.ts'
import type { Journal, RecordedStep } from './journal.ts'

/** The journal once an intent is committed: what the engine writes, and what property tests and replay walk through. */
export function applyIntent(journal: Journal, intent: Intent): Journal {
  switch (intent.do) {
    case 'record-context':
      return withStep(journal, { ...blank, step: intent.step, kind: 'context', name: 'context' })
    case 'call-model':
      return withStep(journal, {
        ...{ ...blank, step: intent.step, kind: 'model', name: intent.model },
        ...(intent.why !== undefined && { input: { why: intent.why } }),
      })
    case 'summarise':
      return withStep(journal, {
        ...{ ...blank, step: intent.step, kind: 'model', name: intent.model },
        input: { purpose: 'summary', upTo: intent.upTo, why: intent.why },
      })
    case 'run-tool':
      return withStep(journal, {
        ...blank,
        step: intent.step,
        kind: intent.tool.name === 'send_message_to_user' ? 'message' : 'tool',
        name: intent.tool.name.slice(0, 120),
        askedBy: intent.askedBy,
        call: intent.call,
        input: intent.tool,
      })
    case 'allow':
      return withStepAt(journal, intent.step, { state: 'pending' })
    case 'refuse':
      return withStepAt(journal, intent.step, { state: 'failed', error: intent.reason })
    case 'hold':
      return { ...journal, steps: [...journal.steps, { ...note(journal, 'hold', intent.hold), step: intent.step }] }
    case 'watch':
      return { ...journal, state: 'running' }
    case 'wait':
      return { ...journal, state: 'waiting' }
    case 'finish':
      return { ...journal, state: intent.as, steps: journal.steps.map(cancelOpen) }
    default:
      return intent satisfies never
  }
}

function withStepAt(journal: Journal, number: number, change: Partial<RecordedStep>): Journal {
  const steps = journal.steps.map((step) => (step.step === number ? { ...step, ...change } : step))
  return { ...journal, state: 'running', steps }
}

const blank = {
  state: 'pending',
  askedBy: null,
  call: null,
  childId: null,
  approvalId: null,
  input: {},
  output: null,
  error: null,
} as const

function withStep(journal: Journal, step: RecordedStep): Journal {
  return { ...journal, state: 'running', steps: [...journal.steps, step] }
}

function cancelOpen(step: RecordedStep): RecordedStep {
  const isOpen = step.state === 'pending' || step.state === 'running' || step.state === 'waiting'
  return isOpen ? { ...step, state: 'cancelled' } : step
}
