import { z } from 'zod'
import { isSettled, type Journal, type RecordedStep } from './journal.ts'

/** What a model call was begun for, as its step records it; `why` says in a sentence why this model. */
const Purpose = z.object({
  purpose: z.literal('summary').optional(),
  /** Of a summary: the last step it tells of. */
  upTo: z.int().nonnegative().optional(),
  why: z.string().optional(),
})

/** The last step a summary tells of; undefined for every other step. */
export function summaryUpTo(step: RecordedStep): number | undefined {
  if (step.kind !== 'model') return undefined
  const input = Purpose.safeParse(step.input).data
  return input?.purpose === 'summary' ? input.upTo : undefined
}

/** A call that does the work, and no summary of it. */
export function isWorkCall(step: RecordedStep): boolean {
  return step.kind === 'model' && summaryUpTo(step) === undefined
}

/** The newest summary that succeeded, with where it ends. Where one failed, what it was to tell of stays as it was. */
export function lastSummary(journal: Journal): { step: RecordedStep; upTo: number } | undefined {
  const step = journal.steps.findLast((one) => summaryUpTo(one) !== undefined && one.state === 'done')
  const upTo = step && summaryUpTo(step)
  return step && upTo !== undefined ? { step, upTo } : undefined
}

const charsPerToken = 4

/** What a call would send, in tokens, from what is recorded: an estimate that never changes for the same record. */
export function conversationTokens(journal: Journal): number {
  const from = lastSummary(journal)?.upTo ?? -1
  const sent = journal.steps.filter((step) => isSettled(step.state) && (step.kind === 'context' || step.step > from))
  const chars = sent.map(({ kind, input, output, error }) => {
    const own = kind === 'context' ? promptOf(output) : [output, error, kind === 'model' ? null : input]
    return JSON.stringify(own)?.length ?? 0
  })
  return Math.ceil((journal.task.length + chars.reduce((sum, length) => sum + length, 0)) / charsPerToken)
}

/** Scripts of a rehearsal and lists of tools are no words of the conversation. */
function promptOf(context: unknown): unknown {
  const known = z.looseObject({ prompt: z.unknown(), peers: z.unknown() }).safeParse(context).data
  return [known?.prompt, known?.peers]
}
