import { z } from 'zod'
import { applyIntent } from './apply-intent.ts'
import { canonicalJson, type RecordedRun } from './canonical.ts'
import { decide, type Intent } from './decide.ts'
import { isSettled, type Journal, type ModelAnswer, type RecordedStep, ToolCall, ToolOutput } from './journal.ts'

export type CallResult = { text: string } | { error: string }

/** What stands in for the world: a model that is asked, and answers to the calls it makes. */
export type Stage = {
  askModel(journal: Journal, step: RecordedStep): Promise<ModelAnswer | { error: string }>
  answerCall(call: ToolCall, step: RecordedStep): Promise<CallResult>
}

const Addressed = z.object({ workspace: z.string() })

/** What a tool gives where nothing stands in for it. */
export const notDone = '(not done in a dry run)'

/**
 * The delegation played through in memory, from a journal that has its context: nothing is written and nothing is done. It
 * ends where real work would end, or where it would wait for a person, with the reason.
 */
export async function simulate(given: Journal, stage: Stage): Promise<RecordedRun> {
  let journal = given
  for (;;) {
    const intents = decide(journal)
    if (intents.length === 0) return { journal, answer: null, reason: null }
    for (const intent of intents) {
      const stop = stopping(intent)
      journal = applyIntent(journal, intent)
      if (stop) return { journal, ...stop }
    }
    const open = journal.steps.filter((step) => !isSettled(step.state))
    if (open.length === 0) return { journal, answer: null, reason: 'It would wait, and nothing would wake it.' }
    for (const step of open) journal = withResult(journal, step, await perform(journal, step, stage))
  }
}

function stopping(intent: Intent): Pick<RecordedRun, 'answer' | 'reason'> | undefined {
  if (intent.do === 'wait') return { answer: null, reason: intent.reason }
  if (intent.do !== 'finish') return undefined
  return intent.as === 'completed' ? { answer: intent.answer, reason: null } : { answer: null, reason: intent.reason }
}

async function perform(journal: Journal, step: RecordedStep, stage: Stage): Promise<ModelAnswer | CallResult> {
  if (step.kind === 'model') return await stage.askModel(journal, step)
  return await stage.answerCall(ToolCall.parse(step.input), step)
}

function withResult(journal: Journal, { step: number }: RecordedStep, result: ModelAnswer | CallResult): Journal {
  const change =
    'error' in result ? { state: 'failed' as const, error: result.error } : { state: 'done' as const, output: result }
  return { ...journal, steps: journal.steps.map((step) => (step.step === number ? { ...step, ...change } : step)) }
}

/**
 * Answers calls from a recording: the same call by name and arguments, else the next one of that name in recorded order,
 * where both are addressed to the same workspace or to none. Each recorded result is given once.
 */
export function recall(recorded: readonly RecordedStep[]): (call: ToolCall) => CallResult | undefined {
  const left = recorded.flatMap((step) => {
    const call = ToolCall.safeParse(step.input).data
    const result = call && resultOf(step)
    return call && result ? [{ call, result }] : []
  })
  return ({ name, args }) => {
    const same = left.findIndex((one) => one.call.name === name && sameArgs(one.call.args, args))
    const isLike = (one: ToolCall) => one.name === name && addressee(one.args) === addressee(args)
    const index = same >= 0 ? same : left.findIndex((one) => isLike(one.call))
    return index < 0 ? undefined : left.splice(index, 1)[0]?.result
  }
}

function resultOf({ kind, state, output, error }: RecordedStep): CallResult | undefined {
  if (kind !== 'tool' && kind !== 'message') return undefined
  if (state === 'failed') return { error: error ?? 'The call did not end well.' }
  const text = ToolOutput.safeParse(output).data?.text
  return state === 'done' && text !== undefined ? { text } : undefined
}

function addressee(args: string): string | undefined {
  return Addressed.safeParse(readArgs(args)).data?.workspace.trim().toLowerCase()
}

function sameArgs(one: string, other: string): boolean {
  return one === other || canonicalJson(readArgs(one)) === canonicalJson(readArgs(other))
}

/** Arguments that are no JSON stand for themselves. */
export function readArgs(args: string): unknown {
  try {
    return JSON.parse(args)
  } catch {
    return args
  }
}
