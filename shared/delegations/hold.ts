import { Approval, Hold, type Journal, type RecordedStep, Released } from './journal.ts'

/** A hold as it was recorded, with the number of the note. */
export type OpenHold = Hold & { note: number }

/** The last hold and how it ended; undefined where there was none. */
export function lastHold(journal: Journal): { hold: OpenHold; released: Released | undefined } | undefined {
  const note = journal.steps.findLast((step) => isNote(step, 'hold'))
  const hold = note && Hold.safeParse(note.output).data
  if (!note || !hold) return undefined
  const after = journal.steps.find((step) => step.step > note.step && isNote(step, 'released'))
  return { hold: { ...hold, note: note.step }, released: after && Released.safeParse(after.output).data }
}

/** What it stands still for, until it is released. */
export function openHold(journal: Journal): OpenHold | undefined {
  const last = lastHold(journal)
  return last && !last.released ? last.hold : undefined
}

/** The answer a step got that asked; undefined while nobody has answered. */
export function approvalOf(journal: Journal, asking: RecordedStep): Approval | undefined {
  const answers = journal.steps.filter((step) => isNote(step, 'approval'))
  return answers.map((step) => Approval.safeParse(step.output).data).findLast((answer) => answer?.step === asking.step)
}

export function isNote(step: RecordedStep, name: string): boolean {
  return step.kind === 'note' && step.name === name
}

/** A recorded input from outside, as the step that follows the journal. */
export function note(journal: Journal, name: string, output: unknown): RecordedStep {
  return {
    step: journal.steps.length,
    kind: 'note',
    state: 'done',
    name,
    askedBy: null,
    call: null,
    childId: null,
    approvalId: null,
    input: {},
    output,
    error: null,
  }
}

/** The journal once something came in from outside. */
export function withNote(
  journal: Journal,
  name: 'hold' | 'released' | 'approval' | 'message',
  output: unknown,
): Journal {
  return { ...journal, steps: [...journal.steps, note(journal, name, output)] }
}
