import { isNote } from './hold.ts'
import {
  Hold,
  isSettled,
  type Journal,
  type RecordedStep,
  Released,
  ToolCall,
  ToolOutput,
  WorkContext,
} from './journal.ts'
import type { LoopVerdict } from './loop-breaker.ts'

/** How often the same call may give the same result; what only looks whether something has ended may look longer. */
export const repeatLimits = {
  /** In a row, that is without any other result in between that was not seen before. */
  inARow: 5,
  looksInARow: 10,
  /** With other things learned in between. */
  inAll: 15,
  looksInAll: 40,
} as const

const handovers = new Set(['delegate_task', 'delegate_task_async'])
const looks = new Set(['check_delegation_status'])

/**
 * Does this delegation turn in a circle: the same call with the same result, again and again? Looks at the journal alone;
 * what a person let go on "once" begins to count anew, and "always" ends the rule for this delegation.
 */
export function judgeJournal(journal: Journal): LoopVerdict | undefined {
  const from = countsFrom(journal)
  if (from === 'never') return undefined
  const known = new Map<string, Seen[]>()
  let news = 0
  for (const step of journal.steps) {
    if (step.step < from) continue
    // Words from outside are news; what follows them is no repetition of what came before.
    if (isNote(step, 'message')) news++
    const result = resultOf(step)
    if (result === undefined) continue
    const results = entriesOf(known, `${step.name} ${canonical(ToolCall.safeParse(step.input).data?.args ?? '')}`)
    let seen = results.find((one) => one.result === result)
    if (!seen) {
      news++
      seen = { result, inAll: 0, inARow: 0, news }
      results.push(seen)
    }
    seen.inARow = seen.news === news ? seen.inARow + 1 : 1
    seen.inAll++
    seen.news = news
    if (isOverLimit(step, seen)) return verdictOn(journal, step, Math.max(seen.inARow, seen.inAll))
  }
  return undefined
}

/** A result of a call: how often it came, in all and since there was news; `news` counts what had been new by then. */
type Seen = { result: string; inAll: number; inARow: number; news: number }

function entriesOf(known: Map<string, Seen[]>, call: string): Seen[] {
  const entries = known.get(call) ?? []
  known.set(call, entries)
  return entries
}

function isOverLimit({ name }: RecordedStep, { inAll, inARow }: Seen): boolean {
  if (looks.has(name)) return inARow >= repeatLimits.looksInARow || inAll >= repeatLimits.looksInAll
  return inARow >= repeatLimits.inARow || inAll >= repeatLimits.inAll
}

/** The step from which repetitions count; `never` once a person allowed them for good. */
function countsFrom(journal: Journal): number | 'never' {
  let from = 0
  for (const step of journal.steps) {
    if (!isNote(step, 'hold')) continue
    const hold = Hold.safeParse(step.output).data
    if (hold?.code !== 'loop') continue
    const end = journal.steps.find((other) => other.step > step.step && isNote(other, 'released'))
    if (!end) continue
    const isForGood = hold.rule === 'same-call' && Released.safeParse(end.output).data?.how === 'always'
    if (isForGood) return 'never'
    from = end.step + 1
  }
  return from
}

/** What a call gave; undefined for what is no call, has no result yet, or was handed over: that is judged where it is given. */
function resultOf(step: RecordedStep): string | undefined {
  if ((step.kind !== 'tool' && step.kind !== 'message') || !isSettled(step.state)) return undefined
  if (step.state !== 'done') return `! ${step.error}`
  return handovers.has(step.name) ? undefined : (ToolOutput.safeParse(step.output).data?.text ?? '')
}

/** Arguments in one order of keys, so that how a model happens to write them does not matter. */
function canonical(args: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(args)))
  } catch {
    return args.trim()
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]))
}

function verdictOn(journal: Journal, step: RecordedStep, times: number): LoopVerdict {
  const context = WorkContext.safeParse(journal.steps.find((one) => one.kind === 'context')?.output).data
  const who = context?.workspace.name ?? 'The agent'
  const scope = `tool:${journal.workspaceId}:${step.name}`
  const to = handovers.has(step.name) ? asked(step, context) : undefined
  const got = step.state === 'failed' ? 'and it failed in the same way each time' : 'and got the same answer'
  if (to) return { rule: 'same-call', scope, sentence: `${who} asked ${to} for the same thing ${times} times ${got}.` }
  const sentence = `${who} called ${step.name} ${times} times with the same arguments ${got}.`
  return { rule: 'same-call', scope, sentence }
}

/** Whom a hand-over went to, by name where an id was given. */
function asked(step: RecordedStep, context: WorkContext | undefined): string | undefined {
  try {
    const args: unknown = JSON.parse(ToolCall.parse(step.input).args)
    if (typeof args !== 'object' || args === null || !('workspace' in args)) return undefined
    const { workspace } = args
    if (typeof workspace !== 'string') return undefined
    return context?.peers.find((peer) => peer.id === workspace)?.name ?? workspace
  } catch {
    return undefined
  }
}
