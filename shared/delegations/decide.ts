import {
  Continued,
  isSettled,
  isTerminal,
  type Journal,
  ModelAnswer,
  type RecordedStep,
  type ToolCall,
  WorkContext,
} from './journal.ts'

/** Stored with each decision, so that old runs are read as they were decided. */
export const deciderVersion = 1

export type Intent =
  | { do: 'record-context'; step: number }
  | { do: 'call-model'; step: number; model: string }
  | { do: 'run-tool'; step: number; askedBy: number; call: number; tool: ToolCall }
  /** Effects are under way; their results will wake it. */
  | { do: 'watch' }
  | { do: 'wait'; waitingFor: 'child' | 'budget'; reason: string | null }
  | { do: 'finish'; as: 'completed'; answer: string }
  | { do: 'finish'; as: 'failed' | 'cancelled'; reason: string }

/** More calls than this in one answer is a storm, not a plan. */
const maxCallsPerAnswer = 50

/**
 * What comes next, from nothing but what was recorded: read the context, call the model, run the tools of its answer side by
 * side, call it again with all results, until it answers without calls. A finished delegation gives no intents ever again.
 */
export function decide(journal: Journal): Intent[] {
  if (isTerminal(journal.state)) return []
  if (journal.cancel) return [{ do: 'finish', as: 'cancelled', reason: journal.cancel.reason }]
  const { steps } = journal
  const context = steps.find((step) => step.kind === 'context')
  if (!context) return [{ do: 'record-context', step: steps.length }]
  if (context.state !== 'done') return [fail(context.error ?? 'The context of the work could not be read.')]
  const last = steps.findLast((step) => step.kind === 'model')
  if (!last) return callModel(journal, context)
  if (!isSettled(last.state)) return [{ do: 'watch' }]
  if (last.state !== 'done') return [fail(last.error ?? 'The model call did not end well.')]
  return afterAnswer(journal, context, last)
}

/** The limit in force: the configured one plus what people granted since. */
export function stepLimit(journal: Journal): number {
  const context = journal.steps.find((step) => step.kind === 'context')
  const configured = WorkContext.safeParse(context?.output)
  const granted = journal.steps
    .filter((step) => step.kind === 'note')
    .map((step) => Continued.safeParse(step.output).data?.extraSteps ?? 0)
  return (configured.data?.maxSteps ?? 25) + granted.reduce((sum, extra) => sum + extra, 0)
}

/** What counts against the limit: model calls and tool calls. */
export function stepsTaken(journal: Journal): number {
  return journal.steps.filter((step) => step.kind === 'model' || step.kind === 'tool' || step.kind === 'message').length
}

function afterAnswer(journal: Journal, context: RecordedStep, asked: RecordedStep): Intent[] {
  const parsed = ModelAnswer.safeParse(asked.output)
  if (!parsed.success) return [fail('The recorded answer of the model cannot be read.')]
  const answer = parsed.data
  if (answer.calls.length === 0) return [finish(answer)]
  if (answer.calls.length > maxCallsPerAnswer) {
    return [fail(`The model asked for ${answer.calls.length} calls at once; at most ${maxCallsPerAnswer} are allowed.`)]
  }
  const recorded = journal.steps.filter((step) => step.askedBy === asked.step)
  const missing = answer.calls.flatMap((tool, call) =>
    recorded.some((step) => step.call === call) ? [] : [{ tool, call }],
  )
  if (missing.length > 0) {
    const next = journal.steps.length
    return missing.map(({ tool, call }, index) => ({
      do: 'run-tool',
      step: next + index,
      askedBy: asked.step,
      call,
      tool,
    }))
  }
  const open = recorded.filter((step) => !isSettled(step.state))
  if (open.some((step) => step.state !== 'waiting')) return [{ do: 'watch' }]
  if (open.length > 0) return [{ do: 'wait', waitingFor: 'child', reason: null }]
  return callModel(journal, context)
}

function callModel(journal: Journal, context: RecordedStep): Intent[] {
  const limit = stepLimit(journal)
  if (stepsTaken(journal) >= limit) {
    const reason = `It took ${stepsTaken(journal)} steps; its limit is ${limit}. Continue it, or cancel it.`
    return [{ do: 'wait', waitingFor: 'budget', reason }]
  }
  const known = WorkContext.safeParse(context.output)
  if (!known.success) return [fail('The recorded context of the work cannot be read.')]
  return [{ do: 'call-model', step: journal.steps.length, model: known.data.model }]
}

function finish(answer: ModelAnswer): Intent {
  const text = answer.text.trim()
  if (answer.finish === 'length') return fail(withText('The answer was cut off at its length limit', text))
  if (answer.finish === 'content-filter') return fail(withText('The provider filtered the answer', text))
  if (answer.finish === 'error') return fail(withText('The provider ended the answer with an error', text))
  if (text === '') return fail('The model gave an empty answer.')
  return { do: 'finish', as: 'completed', answer: text }
}

function withText(reason: string, text: string): string {
  return text === '' ? `${reason}.` : `${reason}. It began: ${text.slice(0, 500)}`
}

function fail(reason: string): Intent {
  return { do: 'finish', as: 'failed', reason }
}
