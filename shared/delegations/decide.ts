import { bareJson, problemWith } from '../models/fits-schema.ts'
import { chooseModel, dueSummary, failuresOfRound, mayFallBack, modelsInRound } from './choose-model.ts'
import type { WaitingFor } from './contract.ts'
import { approvalOf, isNote, lastHold } from './hold.ts'
import {
  Continued,
  FailedCall,
  type Hold,
  isSettled,
  isTerminal,
  type Journal,
  ModelAnswer,
  type RecordedStep,
  type ToolCall,
  WorkContext,
} from './journal.ts'
import { isWorkCall, summaryUpTo } from './model-step.ts'

/** Stored with each decision, so that old runs are read as they were decided. */
export const deciderVersion = 2

export type Intent =
  | { do: 'record-context'; step: number }
  /** `why`: where it is not simply the one the config names. */
  | { do: 'call-model'; step: number; model: string; why?: string }
  /** What is long past is told in summary, up to that step. */
  | { do: 'summarise'; step: number; model: string; upTo: number; why: string }
  | { do: 'run-tool'; step: number; askedBy: number; call: number; tool: ToolCall }
  /** The question about it was answered with yes. */
  | { do: 'allow'; step: number }
  /** It was answered with no, or not in time. */
  | { do: 'refuse'; step: number; reason: string }
  | { do: 'hold'; step: number; hold: Hold }
  /** Effects are under way; their results will wake it. */
  | { do: 'watch' }
  | { do: 'wait'; waitingFor: WaitingFor; reason: string | null }
  | { do: 'finish'; as: 'completed'; answer: string }
  | { do: 'finish'; as: 'failed' | 'cancelled'; reason: string }

/** A model call that fails for a while is begun this often in all. */
const maxCallsInARow = 4
const firstPauseMs = 1_000

/** An answer that does not fit its schema is asked for this often in all. */
const maxUnfitInARow = 3

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
  const stop = lastHold(journal)
  if (stop?.released?.how === 'end') return [fail(stop.hold.reason)]
  if (stop && !stop.released) return [{ do: 'wait', waitingFor: stop.hold.for, reason: stop.hold.reason }]
  const context = steps.find((step) => step.kind === 'context')
  if (!context) return [{ do: 'record-context', step: steps.length }]
  if (context.state !== 'done') return [fail(context.error ?? 'The context of the work could not be read.')]
  const summary = steps.findLast((step) => summaryUpTo(step) !== undefined)
  if (summary && !isSettled(summary.state)) return underWay(journal, [summary])
  const last = steps.findLast(isWorkCall)
  if (!last) return callModel(journal, context)
  if (!isSettled(last.state)) return underWay(journal, [last])
  if (last.state !== 'done') return afterFailure(journal, context, last)
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

/** What counts against the limit: model calls and tool calls, once they were let begin. */
export function stepsTaken(journal: Journal): number {
  const counted = journal.steps.filter(({ kind }) => kind === 'model' || kind === 'tool' || kind === 'message')
  return counted.filter((step) => !isKept(step)).length
}

function afterAnswer(journal: Journal, context: RecordedStep, asked: RecordedStep): Intent[] {
  const parsed = ModelAnswer.safeParse(asked.output)
  if (!parsed.success) return [fail('The recorded answer of the model cannot be read.')]
  const answer = parsed.data
  if (answer.calls.length === 0)
    return isUnread(journal, asked) ? callModel(journal, context) : conclude(journal, context, answer)
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
  return open.length > 0 ? underWay(journal, open) : callModel(journal, context)
}

/** Answers to what asked come first; while anything runs it is watched; else it waits for what is left. */
function underWay(journal: Journal, open: readonly RecordedStep[]): Intent[] {
  const answered = open.flatMap((step) => answeredIntent(journal, step))
  if (answered.length > 0) return answered
  if (open.some((step) => step.state !== 'waiting')) return [{ do: 'watch' }]
  const asks = open.find((step) => step.approvalId !== null && step.childId === null)
  if (!asks) return [{ do: 'wait', waitingFor: 'child', reason: null }]
  return [{ do: 'wait', waitingFor: 'approval', reason: `${asks.name} waits for an approval.` }]
}

function answeredIntent(journal: Journal, step: RecordedStep): Intent[] {
  // It was kept from running by a hold, which is released by now.
  if (isKept(step)) return [{ do: 'allow', step: step.step }]
  const asks = step.state === 'waiting' && step.approvalId !== null && step.childId === null
  const answer = asks ? approvalOf(journal, step) : undefined
  if (!answer) return []
  if (answer.decision === 'approved') return [{ do: 'allow', step: step.step }]
  const words = answer.reason === '' ? '' : ` ${answer.reason}`
  const verb = answer.decision === 'denied' ? `was denied by ${answer.by}` : `was not approved in time`
  return [{ do: 'refuse', step: step.step, reason: `${step.name} ${verb}.${words}` }]
}

function isKept({ state, childId, approvalId, error }: RecordedStep): boolean {
  return state === 'waiting' && childId === null && approvalId === null && error === null
}

/** Words of a person that the model has not seen when it answered. */
function isUnread(journal: Journal, asked: RecordedStep): boolean {
  return journal.steps.some((step) => step.step > asked.step && isNote(step, 'message'))
}

/** A call that failed for a while is made again, after a pause that grows; what would fail again ends the work. */
function afterFailure(journal: Journal, context: RecordedStep, failed: RecordedStep): Intent[] {
  const known = WorkContext.safeParse(context.output).data
  const inRound = known ? modelsInRound(journal, known) : 1
  const round = failuresOfRound(journal)
  const released = lastHold(journal)
  const isReleased = released !== undefined && released.hold.note > failed.step && released.released !== undefined
  if (!isReleased && inRound > 1 && round.length < inRound && mayFallBack(failed)) return callModel(journal, context)
  const reason = round.length > 1 ? reasonOfAll(round) : (failed.error ?? 'The model call did not end well.')
  const retry = soonestRetry(round.length > 1 ? round : [failed])
  const tries = Math.ceil(failuresInARow(journal) / inRound)
  if (!retry || tries >= maxCallsInARow) return [fail(reason)]
  if (isReleased) return callModel(journal, context)
  const afterMs = Math.max(retry.afterMs, firstPauseMs * 2 ** (tries - 1))
  const hold: Hold = { for: 'retry', code: 'provider', reason, afterMs }
  return [
    { do: 'hold', step: journal.steps.length, hold },
    { do: 'wait', waitingFor: 'retry', reason },
  ]
}

function failuresInARow(journal: Journal): number {
  const calls = journal.steps.filter(isWorkCall)
  return calls.length - 1 - calls.findLastIndex((step) => step.state === 'done')
}

function callModel(journal: Journal, context: RecordedStep): Intent[] {
  const limit = stepLimit(journal)
  if (stepsTaken(journal) >= limit) {
    const reason = `It took ${stepsTaken(journal)} steps; its limit is ${limit}. Continue it, or cancel it.`
    return [{ do: 'wait', waitingFor: 'budget', reason }]
  }
  const known = WorkContext.safeParse(context.output)
  if (!known.success) return [fail('The recorded context of the work cannot be read.')]
  const step = journal.steps.length
  const summary = dueSummary(journal, known.data)
  if (summary) return [{ do: 'summarise', step, ...summary }]
  const { model, why } = chooseModel(journal, known.data)
  return [{ do: 'call-model', step, model, ...(why !== null && { why }) }]
}

/** What has a schema to follow is asked for again, with what is wrong, until it does. */
function conclude(journal: Journal, context: RecordedStep, answer: ModelAnswer): Intent[] {
  const schema = WorkContext.safeParse(context.output).data?.plan?.answerSchema
  if (!schema || answer.finish === 'length' || answer.text.trim() === '') return [finish(answer)]
  const problem = problemWith(answer.text, schema)
  if (problem === null) return [finish({ ...answer, text: bareJson(answer.text) })]
  const finals = journal.steps.filter((step) => isWorkCall(step) && step.state === 'done')
  const unfit = finals.length - 1 - finals.findLastIndex((step) => ModelAnswer.parse(step.output).calls.length > 0)
  if (unfit < maxUnfitInARow) return callModel(journal, context)
  return [fail(withText(`The answer does not follow its schema, after ${unfit} tries: ${problem}`, answer.text.trim()))]
}

function reasonOfAll(round: readonly RecordedStep[]): string {
  const each = round.map(({ name, error }) => `${name}: ${error ?? 'without a word'}`)
  return `No model answered. ${each.join(' ')}`.slice(0, 4_000)
}

/** Where one of them may be asked again, the work need not end. */
function soonestRetry(failed: readonly RecordedStep[]): { afterMs: number } | undefined {
  const retries = failed.flatMap((step) => FailedCall.safeParse(step.output).data?.retry ?? [])
  return retries.toSorted((one, other) => one.afterMs - other.afterMs)[0]
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
