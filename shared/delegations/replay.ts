import { applyIntent } from './apply-intent.ts'
import { type CanonicalEvent, canonicalEvents, canonicalJson, canonicalText, type RecordedRun } from './canonical.ts'
import { decide, type Intent } from './decide.ts'
import { isNote } from './hold.ts'
import { Hold, isSettled, isTerminal, type Journal, type RecordedStep } from './journal.ts'

/** Where the decision made now is another than the recorded one, with both sides. */
export type Mismatch = { step: number; recorded: unknown; decided: unknown }

export type Replay = { equal: boolean; mismatch: Mismatch | null; events: CanonicalEvent[] }

/**
 * Walks `decide` over what was recorded: every result comes from the record, every decision is made anew and compared with
 * the recorded one. No model is called and nothing is done. `equal` says that both give the same canonical bytes.
 */
export function replay(run: RecordedRun): Replay {
  const { steps } = run.journal
  let walk: Walk = { journal: { ...run.journal, state: 'queued', cancel: null, steps: [] }, answer: null, reason: null }
  // Each look adds, settles or allows a step, or ends: this many are enough for any record.
  for (let looks = 0; looks <= 4 * steps.length + 4; looks++) {
    const next = look(walk, run)
    if ('mismatch' in next) return { equal: false, mismatch: next.mismatch, events: canonicalEvents(walk) }
    if (next.isOver) return compare(next.walk, run)
    walk = next.walk
  }
  const mismatch = {
    step: walk.journal.steps.length,
    recorded: run.journal.state,
    decided: 'It never came to its end.',
  }
  return { equal: false, mismatch, events: canonicalEvents(walk) }
}

type Walk = RecordedRun
type Look = { walk: Walk; isOver: boolean } | { mismatch: Mismatch }

function look(walk: Walk, run: RecordedRun): Look {
  let { journal } = walk
  for (const intent of decide(journal)) {
    if (intent.do === 'finish') return finish({ ...walk, journal }, run, intent)
    if (intent.do === 'watch' || intent.do === 'wait')
      return hear({ ...walk, journal: applyIntent(journal, intent) }, run)
    const recorded = run.journal.steps[intent.step]
    // Decided, but it was cancelled before that was written, or is not written yet.
    if (!recorded || (intent.do === 'refuse' && recorded.state === 'cancelled')) {
      return endOfRecord({ ...walk, journal }, run)
    }
    const decided = applyIntent(journal, intent)
    const made = decided.steps[intent.step]
    if (!made || !agrees(intent, made, recorded)) {
      if (cameFromOutside(recorded)) return onward(walk, withStep(journal, recorded))
      return { mismatch: { step: intent.step, recorded, decided: made ?? null } }
    }
    journal = withFacts(decided, recorded, intent)
    // Reading is part of the decision's own commit.
    if (intent.do === 'record-context') journal = withResults(journal, run.journal) ?? journal
  }
  return onward(walk, journal)
}

/** It can go on only by something from outside: the next note, or results of what is open. */
function hear(walk: Walk, run: RecordedRun): Look {
  const { journal } = walk
  const next = run.journal.steps[journal.steps.length]
  const settled = withResults(journal, run.journal)
  // Notes come before the results of what they found open: to the decision it is the same, whichever was first.
  if (next && cameFromOutside(next)) return onward(walk, withStep(journal, next))
  return settled ? onward(walk, settled) : endOfRecord(walk, run)
}

function finish(walk: Walk, run: RecordedRun, intent: Extract<Intent, { do: 'finish' }>): Look {
  const { journal } = walk
  const next = run.journal.steps[journal.steps.length]
  if (next && cameFromOutside(next)) return onward(walk, withStep(journal, next))
  if (next) return { mismatch: { step: next.step, recorded: next, decided: intent } }
  const settled = withResults(journal, run.journal)
  if (settled) return onward(walk, settled)
  if (run.journal.state === 'cancelled' && intent.as !== 'cancelled') return endOfRecord(walk, run)
  if (!isTerminal(run.journal.state)) return { walk, isOver: true }
  const told = intent.as === 'completed' ? { answer: intent.answer } : { reason: intent.reason }
  return { walk: { ...walk, ...told, journal: applyIntent(journal, intent) }, isOver: true }
}

/** The record says no more: it was cancelled here, or has not ended. */
function endOfRecord(walk: Walk, run: RecordedRun): Look {
  const { cancel, state } = run.journal
  const next = run.journal.steps[walk.journal.steps.length]
  if (next) return { mismatch: { step: next.step, recorded: next, decided: decide(walk.journal) } }
  if (state === 'cancelled' && cancel && !walk.journal.cancel) {
    return onward(walk, { ...(withResults(walk.journal, run.journal) ?? walk.journal), cancel })
  }
  if (!isTerminal(state)) return { walk, isOver: true }
  return { mismatch: { step: run.journal.steps.length, recorded: state, decided: decide(walk.journal) } }
}

function compare(walk: Walk, run: RecordedRun): Replay {
  const events = canonicalEvents(walk)
  const recorded = canonicalEvents(run)
  if (canonicalText(events) === canonicalText(recorded)) return { equal: true, mismatch: null, events }
  const at = events.findIndex((event, index) => canonicalJson(event) !== canonicalJson(recorded[index]))
  // The first event is the task, so the steps are counted from the second.
  const mismatch = { step: Math.max(at - 1, 0), recorded: recorded[at] ?? null, decided: events[at] ?? null }
  return { equal: false, mismatch, events }
}

function onward(walk: Walk, journal: Journal): Look {
  return { walk: { ...walk, journal }, isOver: false }
}

/** Is it what was recorded? Of a refusal the words count too; what a model call reads follows from the steps before it. */
function agrees(intent: Intent, made: RecordedStep, recorded: RecordedStep): boolean {
  if (intent.do === 'refuse') return recorded.state === 'failed' && made.error === recorded.error
  const facts = ({ kind, name, askedBy, call, input, output }: RecordedStep) => ({
    kind,
    name,
    askedBy,
    call,
    input: kind === 'tool' || kind === 'message' ? input : null,
    output: kind === 'note' ? output : null,
  })
  return canonicalJson(facts(made)) === canonicalJson(facts(recorded))
}

/** Notes are heard; but a pause for a provider is the journal's own decision, so it must be decided again. */
function cameFromOutside(step: RecordedStep): boolean {
  if (step.kind !== 'note') return false
  return !isNote(step, 'hold') || Hold.safeParse(step.output).data?.code !== 'provider'
}

/** The next step as it came in. */
function withStep(journal: Journal, step: RecordedStep): Journal {
  return { ...journal, steps: [...journal.steps, step] }
}

/** What the gates and the effect made of a step: that it asked first, that it waits for another delegation. */
function withFacts(journal: Journal, { step: number, approvalId, childId }: RecordedStep, intent: Intent): Journal {
  const asks = approvalId !== null && intent.do !== 'allow' && intent.do !== 'refuse'
  const facts = asks ? { approvalId, state: 'waiting' as const } : { childId }
  return { ...journal, steps: journal.steps.map((step) => (step.step === number ? { ...step, ...facts } : step)) }
}

/** All results that are recorded for what is open; undefined where there is none. */
function withResults(journal: Journal, recorded: Journal): Journal | undefined {
  const steps = journal.steps.map((step) => {
    const asks = step.state === 'waiting' && step.approvalId !== null && step.childId === null
    const result = recorded.steps[step.step]
    if (isSettled(step.state) || asks || !result || !isSettled(result.state) || result.state === 'cancelled')
      return step
    const { state, output, error } = result
    return { ...step, state, output, error }
  })
  return steps.some((step, index) => step !== journal.steps[index]) ? { ...journal, steps } : undefined
}
