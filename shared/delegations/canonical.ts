import type { WaitingFor } from './contract.ts'
import type { Journal, RecordedStep } from './journal.ts'

/** A delegation as it was recorded: its journal, and what its row says of how it stands. */
export type RecordedRun = { journal: Journal; answer: string | null; reason: string | null }

/** What happened, and nothing of when, how often it was tried, who held it or under which id. */
export type CanonicalEvent =
  | { event: 'given'; task: string }
  | {
      event: 'step'
      kind: RecordedStep['kind']
      name: string
      /** The model step whose answer asked for it, and the place of the call in that answer. */
      askedBy: number | null
      call: number | null
      waits: WaitingFor | null
      state: 'open' | 'done' | 'failed' | 'cancelled'
      input: unknown
      output: unknown
      error: string | null
    }
  | { event: 'end'; state: 'completed' | 'failed' | 'cancelled'; answer: string | null; reason: string | null }

/** The facts of a delegation in the order of its steps; the end is there once it has ended. */
export function canonicalEvents({ journal, answer, reason }: RecordedRun): CanonicalEvent[] {
  const { state, steps, task } = journal
  const events: CanonicalEvent[] = [{ event: 'given', task }, ...steps.map(stepEvent)]
  if (state === 'completed' || state === 'failed' || state === 'cancelled') {
    events.push({ event: 'end', state, answer, reason })
  }
  return events
}

/** One line an event, keys sorted, ids numbered in the order they first appear: the same facts are the same bytes. */
export function canonicalText(events: readonly CanonicalEvent[]): string {
  const names = new Map<string, string>()
  const nameOf = (id: string) => {
    const known = names.get(id.toLowerCase()) ?? `#${names.size + 1}`
    names.set(id.toLowerCase(), known)
    return known
  }
  return events.map((event) => `${canonicalJson(event).replace(uuid, nameOf)}\n`).join('')
}

/** JSON with the keys of every object in order; what JSON has no word for is left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isRecord(part) ? sorted(part) : part)) ?? 'null'
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

function stepEvent(step: RecordedStep): CanonicalEvent {
  const { kind, name, askedBy, call, error } = step
  // What a model call took in follows from the steps before it; of a call the model's own words are the input.
  const input = kind === 'tool' || kind === 'message' ? step.input : null
  const output = step.output ?? null
  return { event: 'step', kind, name, askedBy, call, waits: waitsOf(step), state: stateOf(step), input, output, error }
}

function stateOf({ state }: RecordedStep): 'open' | 'done' | 'failed' | 'cancelled' {
  return state === 'done' || state === 'failed' || state === 'cancelled' ? state : 'open'
}

function waitsOf(step: RecordedStep): WaitingFor | null {
  if (step.approvalId !== null) return 'approval'
  return step.childId === null ? null : 'child'
}

function sorted(record: object): object {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)))
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
