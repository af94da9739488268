import type { WaitingFor } from '#shared/delegations/contract.ts'
import type { Intent } from '#shared/delegations/decide.ts'
import { openHold } from '#shared/delegations/hold.ts'
import { isTerminal, type Journal, type RecordedStep, WorkContext } from '#shared/delegations/journal.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import type { MicroDollars } from '#shared/kernel/money.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { type AnyTool, isSafeToRepeat } from '../../kernel/agent-tool.ts'
import type { Tx } from '../../kernel/db.ts'
import { wake } from '../../kernel/wake.ts'
import { withdraw } from '../approvals/index.ts'
import { settle } from '../budgets/index.ts'
import { callInside, mayWaitInside } from './call-inside.ts'
import { aliveChildren, askToCancel } from './cancel-store.ts'
import { attemptOf, beginning, type Passed, passGates } from './gates.ts'
import type { Hands } from './hands.ts'
import {
  addCosts,
  addUsed,
  type Loaded,
  type Shown,
  settleWaitingCall,
  type Used,
  writeDecision,
} from './journal-store.ts'
import { toolsOf } from './known-tools.ts'
import { hasPlace, lockPlaces, nextInQueue } from './places-store.ts'
import { finishTurn, lockReady, type ReadyRow, type StepClaim } from './queue-store.ts'
import { tellDecision, tellLoop, tellParentStep } from './tell.ts'
import type { Plan, Turn } from './turn.ts'

/** Work for others that a commit left behind: delegations that are due, effects there was no room for. */
export type Leaves = { due: boolean; steps: boolean }

/** `begun`: effects that were written as running and are this worker's to run, with what it knows of the delegation. */
export type Outcome =
  | { kind: 'settled'; begun: StepClaim[]; turn: Turn; leaves: Leaves }
  | { kind: 'stale'; used: Used }

/** It leaves its place, which needs a lock that comes before all others: to be tried again with it. */
export class MustLeave extends Error {}

type Fence = {
  /** May the transaction write, seeing the queue entry it locked? */
  holds(own: ReadyRow | undefined): boolean
  /** Written in any case, on the way of the lock; gives what it used, for the totals. */
  alongside?(): Promise<Used>
}

type Committing = {
  turn: Turn
  plan: Plan
  hands: Hands
  mayLeave: boolean
  /** As whom tools are called within this commit; absent where they are left to be called by themselves. */
  site?: OrgContext | undefined
}

const nothingUsed: Used = { inputTokens: 0, outputTokens: 0, cost: 0 }

/**
 * One decision made durable. Lock order: the workspace's places, then queue entries by id, then what the gates lock; the
 * org's sequence comes with the events, last.
 */
export async function commitTurn(
  tx: Tx,
  { turn, plan, hands, mayLeave, site }: Committing,
  fence: Fence,
): Promise<Outcome> {
  const { loaded } = turn
  const { delegationId } = plan.before
  const mayWait = site !== undefined && mayWaitInside(plan, hands)
  const locksPlaces = mayLeave || mayWait || plan.before.state !== plan.after.state
  const around = locksPlaces ? await lookAround(tx, turn, plan) : alone
  const parent = isTerminal(plan.after.state) && !isTerminal(plan.before.state) ? loaded.parent : null
  const toWake = [...around.next, ...around.children, ...(parent ? [parent.id] : [])]
  const [locked, used] = await Promise.all([
    lockReady(tx, [delegationId, ...toWake]),
    fence.alongside?.() ?? nothingUsed,
  ])
  if (!fence.holds(locked.find((entry) => entry.delegationId === delegationId))) return { kind: 'stale', used }

  const wanted = around.isFree
    ? plan
    : { ...plan, after: { ...plan.before, state: 'queued' as const }, last: undefined }
  const gated = wanted.after.state === 'running' ? await passGates(tx, turn, wanted, hands) : ungated(wanted)
  const passed = site ? await callInside(tx, { turn, passed: gated, hands, site }) : gated
  const isSame = passed.plan.after.state === plan.before.state
  if (!isSame && !locksPlaces) throw new MustLeave('the lock of the places comes first')
  const leaves = !isSame && passed.plan.after.state !== 'running'
  return await write(tx, { turn, passed, hands, parent, toWake: leaves ? toWake : [], around, used })
}

function ungated(plan: Plan): Passed {
  return { plan, within: new Map(), loop: undefined }
}

type Around = { isFree: boolean; next: DelegationId[]; children: DelegationId[] }
const alone: Around = { isFree: true, next: [], children: [] }

type Writing = {
  turn: Turn
  passed: Passed
  hands: Hands
  parent: Loaded['parent']
  toWake: readonly DelegationId[]
  around: Around
  used: Used
}

async function write(tx: Tx, { turn, passed, hands, parent, toWake, around, used }: Writing): Promise<Outcome> {
  const { loaded } = turn
  const { before, after, last } = passed.plan
  const { delegationId } = before
  const shown = showing(after, last)
  const begins = after.state === 'running' ? beginning(passed.plan).slice(0, Math.max(hands.room, 0)) : []
  const begin = { worker: hands.worker, steps: new Set(begins.map((step) => step.step)) }
  const factsOf = (step: RecordedStep) => ({
    isSafe: isSafe(step, after, toolsOf(hands.tools, after)),
    withinMs: passed.within.get(step.step) ?? null,
  })
  const writes: Promise<unknown>[] = [wake(tx, toWake)]
  const due = dueIn(loaded, after)
  if (isChange(loaded, before, after, shown.waitingFor)) {
    writes.push(writeDecision(tx, before, after, shown, begin, factsOf, used, due))
  } else {
    writes.push(finishTurn(tx, delegationId, due), addUsed(tx, delegationId, used))
  }
  if (around.children.length > 0 && after.state === 'cancelled') {
    writes.push(askToCancel(tx, around.children, 'The work it was part of was cancelled.'))
  }
  if (parent) writes.push(tellParent(tx, loaded, parent, after, shown))
  const costs = isTerminal(after.state) ? chargeEnded(tx, turn, before, after) : noCosts
  if (isTerminal(after.state)) writes.push(withdrawAsked(tx, before))
  await Promise.all([...writes, costs])
  if (passed.loop) tellLoop(tx, loaded, passed.loop)
  tellDecision(tx, { loaded, before, after, waitingFor: shown.waitingFor, begun: begin.steps, costs: await costs })
  const known = knownAfter(turn, passed, begins, shown.waitingFor)
  const claim = { orgId: tx.orgId, delegationId, worker: hands.worker }
  const claims = begins.map((step) => ({ ...claim, step: step.step, attempt: attemptOf(turn, step).attempt }))
  const isLeft = after.state === 'running' && known.loaded.journal.steps.some((step) => step.state === 'pending')
  return { kind: 'settled', begun: claims, turn: known, leaves: { due: toWake.length > 0, steps: isLeft } }
}

/** The delegation as it stands once this is committed, for whoever goes on with it. */
function knownAfter(
  turn: Turn,
  { plan, within }: Passed,
  begins: readonly RecordedStep[],
  waitingFor: WaitingFor | null,
): Turn {
  const { loaded } = turn
  const { after } = plan
  const isBegun = new Set(begins.map((step) => step.step))
  const steps = after.steps.map((step) => (isBegun.has(step.step) ? { ...step, state: 'running' as const } : step))
  const efforts = new Map(loaded.efforts)
  for (const step of begins) {
    efforts.set(step.step, { attempt: attemptOf(turn, step).attempt, withinMs: within.get(step.step) ?? null })
  }
  const hasStarted = loaded.hasStarted || after.state === 'running'
  const journal = { ...after, steps }
  return { ...turn, loaded: { ...loaded, journal, efforts, waitingFor, hasStarted, wakes: loaded.wakes + 1 } }
}

/** What was in flight when the work ended is charged its worst case; what had not begun, nothing. */
async function chargeEnded(tx: Tx, turn: Turn, before: Journal, after: Journal): Promise<Costs> {
  const ended = before.steps.filter((step, index) => isHeld(step) && after.steps[index]?.state === 'cancelled')
  const costs: { step: number; cost: MicroDollars }[] = []
  for (const step of ended) {
    const outcome = step.state === 'running' ? 'unknown' : 'not-sent'
    const { cost } = await settle(tx, { ...attemptOf(turn, step), outcome })
    if (cost > 0) costs.push({ step: step.step, cost })
  }
  await addCosts(tx, before.delegationId, costs)
  return new Map(costs.map(({ step, cost }) => [step, cost]))
}

type Costs = ReadonlyMap<number, MicroDollars>
const noCosts: Costs = new Map()

/** Questions it asked need no answer any more. */
async function withdrawAsked(tx: Tx, before: Journal): Promise<void> {
  const asks = before.steps.some((step) => step.state === 'waiting' && step.approvalId !== null)
  if (asks) await withdraw(tx, before.delegationId)
}

function isHeld(step: RecordedStep): boolean {
  return step.state === 'running' || step.state === 'pending'
}

function isSafe(step: RecordedStep, journal: Journal, tools: readonly AnyTool[]): boolean {
  if (step.kind === 'model') {
    const context = journal.steps.find((one) => one.kind === 'context')
    return WorkContext.safeParse(context?.output).data?.repeatsModelCalls ?? true
  }
  const tool = tools.find((one) => one.name === step.name)
  return !tool || isSafeToRepeat(tool)
}

/** Of a hold that ends by the clock; a new one counts from now. */
function dueIn(loaded: Loaded, after: Journal): number | null {
  const hold = openHold(after)
  if (hold?.afterMs === undefined || isTerminal(after.state)) return null
  const isNew = hold.note >= loaded.journal.steps.length
  return Math.max(hold.afterMs - (isNew ? 0 : (loaded.holdAgeMs ?? 0)), 0)
}

/**
 * What the commit must know of others, asked in one round trip with the lock first on the wire: is there a place to run, who
 * may start in a place that is left, and which parts end with a cancelled whole.
 */
async function lookAround(tx: Tx, { allowed, loaded }: Turn, { before, after }: Plan): Promise<Around> {
  const { workspaceId, delegationId } = before
  const place = { workspaceId, delegationId, allowed: loaded.isPaused ? 0 : allowed }
  const takesPlace = after.state === 'running' && before.state !== 'running'
  const [, isFree, next, children] = await Promise.all([
    lockPlaces(tx, workspaceId),
    takesPlace ? hasPlace(tx, place) : true,
    nextInQueue(tx, place),
    after.state === 'cancelled' ? aliveChildren(tx, delegationId) : [],
  ])
  return { isFree, next, children }
}

function isChange({ waitingFor }: Loaded, before: Journal, after: Journal, nowWaitingFor: string | null): boolean {
  if (before.state !== after.state || before.steps !== after.steps) return true
  return after.state === 'waiting' && waitingFor !== nowWaitingFor
}

function showing(after: Journal, last: Intent | undefined): Shown {
  const nothing = { waitingFor: null, reason: null, answer: null }
  if (last?.do === 'wait' && after.state === 'waiting')
    return { ...nothing, waitingFor: last.waitingFor, reason: last.reason }
  if (last?.do !== 'finish' || !isTerminal(after.state)) return nothing
  return last.as === 'completed' ? { ...nothing, answer: last.answer } : { ...nothing, reason: last.reason }
}

type Parent = NonNullable<Loaded['parent']>

/** A failure below is told as a failure, never as an answer. */
async function tellParent(tx: Tx, loaded: Loaded, parent: Parent, after: Journal, shown: Shown): Promise<void> {
  const verb = after.state === 'cancelled' ? 'was cancelled' : 'failed'
  const result =
    after.state === 'completed'
      ? { answer: shown.answer ?? '' }
      : { error: `${loaded.workspaceName} ${verb}: ${shown.reason ?? 'no reason was recorded'}` }
  const settled = await settleWaitingCall(tx, parent, after.delegationId, result)
  if (settled) tellParentStep(tx, loaded, parent, { name: settled.name, state: 'answer' in result ? 'done' : 'failed' })
}
