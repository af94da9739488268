import fc from 'fast-check'
import { DelegationId, WorkspaceId } from '../kernel/ids.ts'
import { applyIntent } from './apply-intent.ts'
import type { RecordedRun } from './canonical.ts'
import { decide, type Intent } from './decide.ts'
import { openHold, withNote } from './hold.ts'
import { isSettled, isTerminal, type Journal, type RecordedStep, type ToolCall, type WorkContext } from './journal.ts'

const workspaceId = WorkspaceId.parse('01890000-0000-7000-8000-000000000001')
const delegationId = DelegationId.parse('01890000-0000-7000-8000-000000000002')
const childId = DelegationId.parse('01890000-0000-7000-8000-000000000003')
const approvalId = '01890000-0000-7000-8000-000000000004'

const context: WorkContext = {
  workspace: { id: workspaceId, name: 'Lead', role: '' },
  requesterName: 'Ada',
  prompt: { text: '', version: 0 },
  configVersion: 0,
  model: 'rehearsal',
  isRehearsal: true,
  contactPolicy: 'direct',
  peers: [],
  tools: ['delegate_task'],
  maxSteps: 8,
  rehearsal: [],
}
const fresh: RecordedRun = {
  journal: { delegationId, workspaceId, state: 'queued', task: 'Plan it', cancel: null, steps: [] },
  answer: null,
  reason: null,
}

/** What the world does next, as small numbers, so that a failing run shrinks. */
const luck = fc.record({ what: fc.nat(19), pick: fc.nat(7), outcome: fc.nat(9), calls: fc.nat(3) })
type Luck = { what: number; pick: number; outcome: number; calls: number }
/** Everything that may happen to one delegation. */
export const lucks = fc.array(luck, { maxLength: 60 })

/** A small engine: what happens is recorded, then decided upon, as the real one does. */
export function live(happened: readonly Luck[]): RecordedRun {
  return happened.reduce((run, one) => settleDown(happen(run, one)), settleDown(fresh))
}

function settleDown(run: RecordedRun): RecordedRun {
  const intents = decide(run.journal)
  const journal = intents.reduce(withGates, run.journal)
  const last = intents.at(-1)
  if (last?.do !== 'finish') return { ...run, journal }
  return last.as === 'completed' ? { ...run, journal, answer: last.answer } : { ...run, journal, reason: last.reason }
}

/** The context is read at once; some calls ask before they begin. */
function withGates(journal: Journal, intent: Intent): Journal {
  const after = applyIntent(journal, intent)
  if (intent.do === 'record-context') {
    const steps = after.steps.map((step) => (step.step === intent.step ? settled(step, 9, 0) : step))
    return { ...after, steps }
  }
  if (intent.do !== 'run-tool' || intent.tool.name !== 'spend') return after
  const steps = after.steps.map((step) =>
    step.step === intent.step ? { ...step, state: 'waiting' as const, approvalId } : step,
  )
  return { ...after, steps }
}

function happen(run: RecordedRun, { what, pick, outcome, calls }: Luck): RecordedRun {
  const { journal } = run
  if (isTerminal(journal.state)) return run
  const saying = (name: Parameters<typeof withNote>[1], output: unknown) => ({
    ...run,
    journal: withNote(journal, name, output),
  })
  const held = openHold(journal)
  if (what === 0) return { ...run, journal: { ...journal, cancel: { reason: 'Ada cancelled it.' } } }
  if (what === 1) return saying('message', { text: 'Hurry up', by: 'Ada' })
  if (what === 2 && !held) return saying('hold', { for: 'budget', code: 'money', reason: 'The budget is used up.' })
  if (held)
    return what < 12
      ? saying('released', { how: outcome === 0 ? 'end' : 'once', by: 'Ada' })
      : result(run, pick, outcome, calls)
  if (what === 3) {
    const granted = withNote(journal, 'message', { extraSteps: 25 })
    const steps = granted.steps.map((step, index) =>
      index < journal.steps.length ? step : { ...step, name: 'continued' },
    )
    return { ...run, journal: { ...granted, steps } }
  }
  const asks = journal.steps.find(isAsking)
  if (asks && what < 10) {
    const decision = outcome < 3 ? 'denied' : 'approved'
    return saying('approval', { approvalId, step: asks.step, decision, by: 'Ada', reason: 'So it is.' })
  }
  return result(run, pick, outcome, calls)
}

function isAsking({ state, approvalId, childId }: RecordedStep): boolean {
  return state === 'waiting' && approvalId !== null && childId === null
}

/** One open step gets its result. */
function result(run: RecordedRun, pick: number, outcome: number, calls: number): RecordedRun {
  const { journal } = run
  const open = journal.steps.filter((step) => !isSettled(step.state) && !isAsking(step))
  const chosen = open[pick % Math.max(open.length, 1)]
  if (!chosen) return run
  const steps = journal.steps.map((step) => (step === chosen ? settled(step, outcome, calls) : step))
  return { ...run, journal: { ...journal, steps } }
}

function settled(step: RecordedStep, outcome: number, calls: number): RecordedStep {
  if (step.kind === 'context') return { ...step, state: 'done', output: context }
  if (outcome === 0) return { ...step, state: 'failed', error: 'It broke.' }
  if (step.kind === 'model' && outcome < 3) {
    return { ...step, state: 'failed', error: '529 overloaded', output: { retry: { afterMs: 10 } } }
  }
  if (step.kind === 'model') return { ...step, state: 'done', output: answer(step.step, calls) }
  if (step.state === 'pending' && outcome < 5) return { ...step, state: 'waiting', childId }
  return { ...step, state: 'done', output: { text: 'ok' } }
}

function answer(step: number, calls: number) {
  const asked: ToolCall[] = Array.from({ length: calls }, (_, n) => ({
    id: `${step}-${n}`,
    name: n === 1 ? 'spend' : 'delegate_task',
    args: '{}',
  }))
  return { text: 'Said', calls: asked, finish: calls > 0 ? 'tool-calls' : 'stop' }
}
