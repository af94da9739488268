import type { RouteWhen } from '../models/model-plan.ts'
import { isNote } from './hold.ts'
import { FailedCall, type Journal, type RecordedStep, type WorkContext } from './journal.ts'
import { conversationTokens, isWorkCall, summaryUpTo } from './model-step.ts'

/** The model of the next call, and in a sentence why, where it is not simply the first. */
export type Choice = { model: string; why: string | null }

/** From the record alone: the first route that fits, else the first of the chain; after failures the next one not tried yet. */
export function chooseModel(journal: Journal, { model, plan }: WorkContext): Choice {
  if (!plan) return { model, why: null }
  const [preferred, ...others] = orderOf(journal, { model, plan })
  const failed = failuresOfRound(journal)
  const next = [preferred, ...others].find((one) => one && !failed.some(({ name }) => name === one.model))
  const last = failed.at(-1)
  if (!next || !last || next === preferred) return preferred ?? { model, why: null }
  return { model: next.model, why: `${last.name} failed: ${(last.error ?? 'without a word').slice(0, 300)}` }
}

/** How many models stand in the round that a work goes through before it pauses. */
export function modelsInRound(journal: Journal, context: WorkContext): number {
  return context.plan ? orderOf(journal, { ...context, plan: context.plan }).length : 1
}

/** May another model do what this one could not? Not where the call was ended by us or by a limit of time. */
export function mayFallBack(failed: RecordedStep): boolean {
  return FailedCall.safeParse(failed.output).success
}

/** Calls that failed since the last answer, or since the work went on after its last pause. */
export function failuresOfRound({ steps }: Journal): RecordedStep[] {
  const from = steps.findLastIndex((step) => (isWorkCall(step) && step.state === 'done') || isNote(step, 'released'))
  return steps.slice(from + 1).filter((step) => isWorkCall(step) && step.state === 'failed')
}

/**
 * Is it time to have told in summary what is long past? Once after each answer at most, and only where at least two answers
 * can go into it: the last answer and its results stay as they are.
 */
export function dueSummary(
  journal: Journal,
  { plan }: WorkContext,
): { model: string; upTo: number; why: string } | null {
  const compaction = plan?.compaction
  if (!compaction) return null
  const answers = journal.steps.filter((step) => isWorkCall(step) && step.state === 'done')
  const last = answers.at(-1)
  const summaries = journal.steps.filter((step) => summaryUpTo(step) !== undefined)
  if (!last || summaries.some(({ step }) => step > last.step)) return null
  const told = summaries.filter(({ state }) => state === 'done').map((step) => summaryUpTo(step) ?? 0)
  const upTo = last.step - 1
  if (answers.filter(({ step }) => step <= upTo && step > Math.max(0, ...told)).length < 2) return null
  const tokens = conversationTokens(journal)
  if (tokens < compaction.atTokens) return null
  const why = `About ${tokens} tokens were said, more than ${compaction.atTokens}: what came before is told in summary.`
  return { model: compaction.model, upTo, why }
}

function orderOf(journal: Journal, { model, plan }: Planned): Choice[] {
  const route = plan.routes.find(({ when }) => fits(when, journal))
  const first: Choice = route
    ? { model: route.model, why: whyOf(route.when, journal) }
    : { model: plan.chain[0] ?? model, why: plan.named ? `${plan.named} stands for it.` : null }
  const others = plan.chain.filter((one) => one !== first.model)
  return [first, ...others.map((one) => ({ model: one, why: null }))]
}

type Planned = Pick<WorkContext, 'model'> & { plan: NonNullable<WorkContext['plan']> }

function fits({ shorter_than: shorter, longer_than: longer, says, after_calls: after }: RouteWhen, journal: Journal) {
  const tokens = conversationTokens(journal)
  if (shorter !== undefined && tokens >= shorter) return false
  if (longer !== undefined && tokens <= longer) return false
  if (says !== undefined && !says.some((words) => journal.task.toLowerCase().includes(words.toLowerCase())))
    return false
  return after === undefined || callsMade(journal) >= after
}

function whyOf({ shorter_than: shorter, longer_than: longer, says, after_calls: after }: RouteWhen, journal: Journal) {
  const tokens = conversationTokens(journal)
  const said = says?.find((words) => journal.task.toLowerCase().includes(words.toLowerCase()))
  const reasons = [
    shorter !== undefined && `about ${tokens} tokens, fewer than ${shorter}`,
    longer !== undefined && `about ${tokens} tokens, more than ${longer}`,
    said !== undefined && `the task says “${said}”`,
    after !== undefined && `${callsMade(journal)} calls were made before`,
  ].filter((reason) => reason !== false)
  return `Chosen by a rule: ${reasons.join('; ')}.`
}

function callsMade(journal: Journal): number {
  return journal.steps.filter((step) => isWorkCall(step) && step.state === 'done').length
}
