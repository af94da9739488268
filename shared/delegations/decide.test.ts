import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DelegationId, WorkspaceId } from '../kernel/ids.ts'
import { applyIntent } from './apply-intent.ts'
import { decide, type Intent, stepLimit, stepsTaken } from './decide.ts'
import { isSettled, isTerminal, Journal, type RecordedStep, type ToolCall, type WorkContext } from './journal.ts'

const workspaceId = WorkspaceId.parse('01890000-0000-7000-8000-000000000001')
const delegationId = DelegationId.parse('01890000-0000-7000-8000-000000000002')
const childId = DelegationId.parse('01890000-0000-7000-8000-000000000003')

const fresh: Journal = { delegationId, workspaceId, state: 'queued', task: 'Plan it', cancel: null, steps: [] }
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
  maxSteps: 6,
  rehearsal: [],
}

/** What the world does next, as small numbers, so that a failing walk shrinks. */
type Luck = { pick: number; outcome: number; calls: number }
const luck = fc.array(fc.record({ pick: fc.nat(7), outcome: fc.nat(9), calls: fc.nat(3) }), { maxLength: 60 })

test('a finished delegation never moves again', () => {
  fc.assert(
    fc.property(luck, (lucks) => {
      const { journal } = walk(lucks)
      if (isTerminal(journal.state)) expect(decide(journal)).toEqual([])
    }),
  )
})

test('a decision depends on nothing but the journal', () => {
  fc.assert(
    fc.property(luck, (lucks) => {
      const { journal } = walk(lucks)
      expect(decide(Journal.parse(JSON.parse(JSON.stringify(journal))))).toEqual(decide(journal))
    }),
  )
})

test('whatever is not finished has something to wait for', () => {
  fc.assert(
    fc.property(luck, (lucks) => {
      for (const { journal, intents } of walk(lucks).history) {
        if (isTerminal(journal.state)) continue
        expect(intents.length).toBeGreaterThan(0)
        const open = journal.steps.filter((step) => !isSettled(step.state))
        if (intents.some((intent) => intent.do === 'watch')) expect(open.length).toBeGreaterThan(0)
        for (const intent of intents) {
          if (intent.do !== 'wait') continue
          if (intent.waitingFor === 'child') expect(open.every((step) => step.childId !== null)).toBe(true)
          if (intent.waitingFor === 'budget') expect(stepsTaken(journal)).toBeGreaterThanOrEqual(stepLimit(journal))
        }
      }
    }),
  )
})

test('every prefix of a journal agrees with what was recorded after it', () => {
  fc.assert(
    fc.property(luck, (lucks) => {
      const { history, journal } = walk(lucks)
      for (const before of history) {
        for (const intent of before.intents) {
          if (!('step' in intent)) continue
          const recorded = journal.steps[intent.step]
          expect(recorded?.step).toBe(intent.step)
          if (intent.do === 'run-tool') expect(recorded).toMatchObject({ askedBy: intent.askedBy, call: intent.call })
        }
      }
      const places = journal.steps.filter((step) => step.askedBy !== null).map((step) => `${step.askedBy}:${step.call}`)
      expect(new Set(places).size).toBe(places.length)
      expect(journal.steps.map((step) => step.step)).toEqual(journal.steps.map((_, index) => index))
    }),
  )
})

test('an empty, cut or unreadable answer never becomes success', () => {
  for (const output of [
    { text: ' ', calls: [], finish: 'stop' },
    { text: 'Half an ans', calls: [], finish: 'length' },
    { text: 'No', calls: [], finish: 'content-filter' },
    { nonsense: true },
  ]) {
    const steps = [done(0, 'context', context), done(1, 'model', output)]
    expect(decide({ ...fresh, state: 'running', steps })).toMatchObject([{ do: 'finish', as: 'failed' }])
  }
})

test('a cancel outweighs everything that is under way', () => {
  fc.assert(
    fc.property(luck, (lucks) => {
      const { journal } = walk(lucks)
      if (isTerminal(journal.state)) return
      const cancelled: Journal = { ...journal, cancel: { reason: 'Ada cancelled it.' } }
      expect(decide(cancelled)).toEqual([{ do: 'finish', as: 'cancelled', reason: 'Ada cancelled it.' }])
    }),
  )
})

function walk(lucks: readonly Luck[]) {
  let journal = fresh
  const history: { journal: Journal; intents: Intent[] }[] = []
  const look = () => {
    const intents = decide(journal)
    history.push({ journal, intents })
    journal = intents.reduce(applyIntent, journal)
  }
  look()
  for (const one of lucks) {
    journal = happen(journal, one)
    look()
  }
  return { journal, history }
}

/** One open step gets its result; where none is open, a person may let the work go on. */
function happen(journal: Journal, { pick, outcome, calls }: Luck): Journal {
  const open = journal.steps.filter((step) => !isSettled(step.state))
  const chosen = open[pick % Math.max(open.length, 1)]
  if (!chosen) {
    if (journal.state !== 'waiting' || outcome > 4) return journal
    const note: RecordedStep = { ...done(journal.steps.length, 'note', { extraSteps: 25 }), name: 'continued' }
    return { ...journal, steps: [...journal.steps, note] }
  }
  const settled = settle(chosen, outcome, calls)
  return { ...journal, steps: journal.steps.map((step) => (step === chosen ? settled : step)) }
}

function settle(step: RecordedStep, outcome: number, calls: number): RecordedStep {
  if (outcome === 0) return { ...step, state: 'failed', error: 'It broke.' }
  if (step.kind === 'context') return { ...step, state: 'done', output: context }
  if (step.kind === 'model') return { ...step, state: 'done', output: answer(step.step, calls) }
  if (step.state === 'pending' && outcome < 5) return { ...step, state: 'waiting', childId }
  return { ...step, state: 'done', output: { text: 'ok' } }
}

function answer(step: number, calls: number) {
  const asked: ToolCall[] = Array.from({ length: calls }, (_, n) => ({
    id: `${step}-${n}`,
    name: 'delegate_task',
    args: '{}',
  }))
  return { text: 'Said', calls: asked, finish: calls > 0 ? 'tool-calls' : 'stop' }
}

function done(step: number, kind: RecordedStep['kind'], output: unknown): RecordedStep {
  return {
    step,
    kind,
    state: 'done',
    name: kind,
    askedBy: null,
    call: null,
    childId: null,
    approvalId: null,
    input: {},
    output,
    error: null,
  }
}
