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
  handoversInARow: 4,
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
  const inARow = new Map<string, number>()
  const inAll = new Map<string, number>()
  for (const step of journal.steps) {
    if (step.step < from) continue
    // Words from outside are news; what follows them is no repetition of what came before.
    if (isNote(step, 'message')) inARow.clear()
    const pair = pairOf(step)
    if (!pair) continue
    if (!inAll.has(pair)) inARow.clear()
    inAll.set(pair, (inAll.get(pair) ?? 0) + 1)
    inARow.set(pair, (inARow.get(pair) ?? 0) + 1)
    const times = overLimit(step, inARow.get(pair) ?? 0, inAll.get(pair) ?? 0)
    if (times) return verdictOn(journal, step, times)
  }
  return undefined
}

function overLimit({ name, state }: RecordedStep, inARow: number, inAll: number): number | undefined {
  const limits = looks.has(name)
    ? { inARow: repeatLimits.looksInARow, inAll: repeatLimits.looksInAll }
    : {
        inARow: handovers.has(name) && state === 'done' ? repeatLimits.handoversInARow : repeatLimits.inARow,
        inAll: repeatLimits.inAll,
      }
  return inARow >= limits.inARow || inAll >= limits.inAll ? Math.max(inARow, inAll) : undefined
}

/** The step from which repetitions count; `never` once a person allowed them for good. */
function countsFrom(journal: Journal): number | 'never' {
  let from = 0
  for (const step of journal.steps) {
    if (!isNote(step, 'hold')) continue
    const hold = Hold.safeParse(step.output).data
    if (hold?.code !== 'loop' || hold.rule !== 'same-call') continue
    const end = journal.steps.find((other) => other.step > step.step && isNote(other, 'released'))
    if (!end) continue
    if (Released.safeParse(end.output).data?.how === 'always') return 'never'
    from = end.step + 1
  }
  return from
}

/** The call and its result as one text; undefined for what is no call or has no result yet. */
function pairOf(step: RecordedStep): string | undefined {
  if ((step.kind !== 'tool' && step.kind !== 'message') || !isSettled(step.state)) return undefined
  const args = ToolCall.safeParse(step.input).data?.args ?? ''
  const result = step.state === 'done' ? ToolOutput.safeParse(step.output).data?.text : `! ${step.error}`
  // An asynchronous hand-over gives a new id each time; that it was handed over is all it says.
  const said = step.name === 'delegate_task_async' && step.state === 'done' ? '' : (result ?? '')
  return JSON.stringify([step.name, canonical(args), said])
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
