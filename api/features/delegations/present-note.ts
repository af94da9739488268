import type { HoldView } from '#shared/delegations/contract.ts'
import { Approval, Continued, Conversation, Hold, Message, Released } from '#shared/delegations/journal.ts'
import { formatDuration } from '#shared/kernel/format-time.ts'
import type { StepRow } from './view-store.ts'

/** What came into the work from outside, as one sentence with who did it. */
export function describeNote(name: string, output: unknown): string {
  return describers.get(name)?.(output) ?? name
}

/** What the work stands still for; null where nothing holds it. */
export function presentHold(steps: readonly StepRow[]): HoldView | null {
  const note = steps.findLast((step) => step.kind === 'note' && step.name === 'hold')
  const hold = Hold.safeParse(note?.output).data
  if (!note || !hold) return null
  if (steps.some((step) => step.step > note.step && step.kind === 'note' && step.name === 'released')) return null
  const from = note.finishedAt ?? note.startedAt
  const againAt =
    hold.afterMs === undefined || from === null ? null : new Date(from.getTime() + hold.afterMs).toISOString()
  return { code: hold.code, reason: hold.reason, againAt }
}

const describers = new Map<string, (output: unknown) => string | undefined>([
  ['continued', (output) => continued(Continued.safeParse(output).data)],
  ['conversation', (output) => begun(Conversation.safeParse(output).data)],
  ['message', (output) => said(Message.safeParse(output).data)],
  ['hold', (output) => held(Hold.safeParse(output).data)],
  ['released', (output) => released(Released.safeParse(output).data)],
  ['approval', (output) => answered(Approval.safeParse(output).data)],
])

function continued(note: { extraSteps: number } | undefined): string | undefined {
  return note && `A person let it go on: ${note.extraSteps} more steps.`
}

function begun(note: Conversation | undefined): string | undefined {
  if (!note) return undefined
  const { turns, leftOut, files } = note
  const before =
    turns.length === 0 ? 'The first words of a conversation' : `With ${count(turns.length, 'turn')} from before`
  const gap = leftOut === 0 ? '' : `, the ${count(leftOut, 'turn')} before those left out`
  const given = files.length === 0 ? '' : `, and ${files.map(({ name }) => name).join(', ')}`
  return `${before}${gap}${given}.`
}

function count(many: number, noun: string): string {
  return many === 1 ? `1 ${noun}` : `${many} ${noun}s`
}

function said(note: Message | undefined): string | undefined {
  return note && `${note.by}: ${note.text}`
}

function held(note: Hold | undefined): string | undefined {
  if (!note) return undefined
  const again = note.afterMs === undefined ? '' : ` Tries again in ${formatDuration(note.afterMs)}.`
  return `${heldBy[note.code]}: ${note.reason}${again}`
}

const heldBy: Record<Hold['code'], string> = {
  money: 'Waits for its budget',
  key: 'Waits for a key',
  loop: 'Stopped by the loop breaker',
  interrupted: 'Interrupted',
  provider: 'Waits for the provider',
}

function released(note: Released | undefined): string | undefined {
  return note && `${releases[note.how](note.by)}.`
}

const releases: Record<Released['how'], (by: string) => string> = {
  once: (by) => `${by} let it go on once`,
  always: (by) => `${by} let it go on and allowed this from now on`,
  end: (by) => `${by} ended the work`,
  again: (by) => `${by} let the interrupted step run again`,
  skip: (by) => `${by} let the interrupted step be skipped`,
  timer: () => 'The pause is over; it tries again',
  budget: () => 'The budget has room again; it goes on',
  key: () => 'The key is there; it goes on',
}

function answered(note: Approval | undefined): string | undefined {
  if (!note) return undefined
  const why = note.reason.trim() === '' ? '' : ` ${note.reason.trim()}`
  return `${answers[note.decision](note.by, note.step)}.${why}`
}

const answers: Record<Approval['decision'], (by: string, step: number) => string> = {
  approved: (by, step) => `${by} approved step ${step}`,
  denied: (by, step) => `${by} denied step ${step}`,
  expired: (_, step) => `Nobody answered in time about step ${step}`,
  withdrawn: (_, step) => `The question about step ${step} was withdrawn`,
}
