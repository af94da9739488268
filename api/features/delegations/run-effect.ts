import type { LanguageModelV4FunctionTool } from '@ai-sdk/provider'
import { type Journal, type RecordedStep, ToolCall } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { AgentTool, AnyTool, ToolCallSite } from '../../kernel/agent-tool.ts'
import { type Db, inTransaction, type Tx } from '../../kernel/db.ts'
import { redactorOf } from '../../kernel/redact/redactor-of.ts'
import { wake } from '../../kernel/wake.ts'
import { tracedTool } from '../../models/tool-span.ts'
import { ModelFailure } from '../../runtimes/native/call-model.ts'
import { settle } from '../budgets/index.ts'
import { type Begun, leavesAll } from './advance.ts'
import { askModel } from './ask-model.ts'
import { agentOf, NotInside, wordsOf } from './call-inside.ts'
import { commitTurn, MustLeave, type Outcome } from './commit-turn.ts'
import { insertNote } from './delegation-store.ts'
import { attemptOf } from './gates.ts'
import type { Hands } from './hands.ts'
import { findOpenHold, wasReleased } from './hold-store.ts'
import { addUsed, type Loaded, putBack, recordResult, type StepResult, type Used, usedBy } from './journal-store.ts'
import { toolsOf } from './known-tools.ts'
import { LoopTripped, loopHold } from './loop-gate.ts'
import { lockReady, type ReadyRow, type StepClaim } from './queue-store.ts'
import { argsOf } from './require-args.ts'
import { tellLoop, tellStep } from './tell.ts'
import { failureText, plain } from './tool-text.ts'
import { follow, readTurn, type Turn } from './turn.ts'

const nothingBegun: Begun = { claims: [], turn: undefined, leaves: leavesAll }

/** Somebody else holds or ended the step: nothing of this attempt may be kept. */
class Fenced extends Error {}

/** `handsNow`: the room a worker has is asked when it is needed; a call may have taken minutes. */
type Effect = {
  context: OrgContext
  claim: StepClaim
  turn: Turn
  step: RecordedStep
  tools: readonly AnyTool[]
  handsNow: () => Hands
}

/**
 * Runs one claimed step and commits its result, if the claim still holds by then. Where nothing else happened meanwhile the
 * next decision is part of that commit and its effects are given back to be run; else the delegation is woken. Aborting the
 * signal ends a call in flight and commits nothing.
 */
export async function runEffect(
  db: Db,
  claim: StepClaim,
  known: Turn | undefined,
  handsNow: () => Hands,
  signal: AbortSignal,
): Promise<Begun> {
  const { tools } = handsNow()
  const toolNames = tools.map((tool) => tool.name)
  const turn = known ?? (await readTurn(db, claim.orgId, claim.delegationId, toolNames))?.turn
  const step = turn?.loaded.journal.steps[claim.step]
  if (!turn || !step) return nothingBegun
  const effect = {
    context: contextOf(db, claim, turn.loaded),
    claim,
    turn,
    step,
    tools: toolsOf(tools, turn.loaded.journal),
    handsNow,
  }
  try {
    const tool = step.kind === 'model' ? undefined : findTool(step, effect.tools)
    if (tool && 'run' in tool) return await runInside(effect, tool)
    return await commit(effect, await runOutside(effect, tool, inTime(effect, signal)))
  } catch (error) {
    if (error instanceof Fenced || signal.aborted) return nothingBegun
    throw error
  }
}

/** Aborted as well when the budget of time is used up. */
function inTime({ turn, claim }: Effect, signal: AbortSignal): AbortSignal {
  const withinMs = turn.loaded.efforts.get(claim.step)?.withinMs ?? null
  return withinMs === null ? signal : AbortSignal.any([signal, AbortSignal.timeout(withinMs)])
}

/** A call whose effect is outside: nothing is held while it lasts. */
async function runOutside(effect: Effect, tool: AnyTool | undefined, signal: AbortSignal): Promise<StepResult> {
  try {
    if (effect.step.kind === 'model') return await askStep(effect, signal)
    if (!tool || 'run' in tool) throw noTool(effect)
    const call = ToolCall.parse(effect.step.input)
    const { db, orgId } = effect.context
    const redactor = await redactorOf(db, orgId)
    const { text } = await tracedTool(
      { tool, call, agent: agentOf(effect.turn), mask: (words) => redactor.text(words) },
      () => tool.perform(siteOf(effect), argsOf(tool, call), signal),
      (result) => result.text,
    )
    return { ...nothing, state: 'done', output: { text: plain(text) } }
  } catch (error) {
    if (signal.aborted && !isTimeUp(signal)) throw error
    return isTimeUp(signal) ? failure(new Error(timeUp)) : failure(error)
  }
}

const timeUp = 'The budget of time was used up while it ran, so it was ended.'

function isTimeUp({ reason }: AbortSignal): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
}

async function askStep(effect: Effect, signal: AbortSignal): Promise<StepResult> {
  const { answer, usage, isRehearsal } = await askModel({ ...effect, tools: effect.tools.map(specOf) }, signal)
  return { ...nothing, state: 'done', output: answer, used: usage, isRehearsal }
}

/** A result that came from outside, with the next decision where nothing else happened meanwhile. */
async function commit(effect: Effect, result: StepResult): Promise<Begun> {
  const how: Deciding = { mayLeave: false, callsInside: true }
  for (;;) {
    try {
      return await commitOnce(effect, result, how)
    } catch (error) {
      if (error instanceof MustLeave && !how.mayLeave) how.mayLeave = true
      else if (error instanceof NotInside && how.callsInside) how.callsInside = false
      else throw error
    }
  }
}

/** `callsInside`: the tools the answer asks for are called in the same commit, where they can. */
type Deciding = { mayLeave: boolean; callsInside: boolean }

async function commitOnce(effect: Effect, result: StepResult, how: Deciding): Promise<Begun> {
  const outcome = await inTransaction(effect.context, async (tx) => {
    const decided = await decideOn(tx, effect, asRecorded(tx, result), how)
    if (decided.kind === 'stale') await wakeWith(tx, effect, decided.used)
    return decided
  })
  return begunOf(outcome)
}

/** The effect of such a tool and the record of it are one transaction; where it fails, only its failure is recorded. */
async function runInside(effect: Effect, tool: AgentTool): Promise<Begun> {
  try {
    return await performInside(effect, tool, true).catch(async (error: unknown) => {
      if (!(error instanceof MustLeave)) throw error
      return await performInside(effect, tool, false)
    })
  } catch (error) {
    if (error instanceof Fenced) throw error
    if (error instanceof LoopTripped) return await holdLoop(effect, error)
    return await commit(effect, failure(error))
  }
}

/** A loop is no failure of the call: it stays to be run, and the work waits for a person. */
async function holdLoop({ context, claim, turn, step }: Effect, { verdict }: LoopTripped): Promise<Begun> {
  await inTransaction(context, async (tx) => {
    await lockReady(tx, [claim.delegationId])
    await settle(tx, { ...attemptOf(turn, step), outcome: 'not-sent' })
    if (!(await putBack(tx, claim))) throw new Fenced()
    tellStep(tx, turn.loaded, { ...step, state: 'waiting' })
    // Several calls of one answer may meet the breaker; one question is asked about them, and its answer counts for all.
    const known = turn.loaded.journal.steps.length
    if (!(await findOpenHold(tx, claim.delegationId)) && !(await wasReleased(tx, claim.delegationId, known))) {
      const hold = loopHold(verdict, claim.step)
      const note = await insertNote(tx, claim.delegationId, 'hold', hold)
      tellStep(tx, turn.loaded, { step: note, kind: 'note', state: 'done', name: 'hold' })
      tellLoop(tx, turn.loaded, hold)
    }
    await wake(tx, [claim.delegationId])
  })
  return nothingBegun
}

async function performInside(effect: Effect, tool: AgentTool, decides: boolean): Promise<Begun> {
  const { claim, turn } = effect
  const outcome = await inTransaction(effect.context, async (tx): Promise<Outcome> => {
    // Its own queue entry first, then what the tool touches: the lock order.
    const [own] = await lockReady(tx, [claim.delegationId])
    const result = asRecorded(tx, await callTool(tx, effect, tool))
    if (decides && result.state !== 'waiting' && isUnchanged(own, turn)) {
      const decided = await decideOn(tx, effect, result, { mayLeave: false, callsInside: false })
      return decided
    }
    const used = await record(tx, effect, result)
    await wakeWith(tx, effect, used)
    return { kind: 'stale', used }
  })
  return begunOf(outcome)
}

/** What is decided upon is what is recorded: secrets that came back from outside are masked in both. */
function asRecorded({ redactor }: Tx, result: StepResult): StepResult {
  if (redactor.isEmpty) return result
  return { ...result, output: redactor.json(result.output), error: redactor.json(result.error) }
}

/** It is decided upon by whoever takes it next. */
async function wakeWith(tx: Tx, { claim }: Effect, used: Used): Promise<void> {
  await Promise.all([wake(tx, [claim.delegationId]), addUsed(tx, claim.delegationId, used)])
}

/** Records the result and, in the same commit, what follows from it. */
async function decideOn(tx: Tx, effect: Effect, result: StepResult, how: Deciding): Promise<Outcome> {
  const { turn, handsNow, claim } = effect
  const site = how.callsInside ? effect.context : undefined
  const journal = withResult(turn.loaded.journal, claim.step, result)
  const settled = { ...turn, loaded: { ...turn.loaded, journal } }
  return await commitTurn(
    tx,
    { turn: settled, plan: follow(journal, journal), hands: handsNow(), mayLeave: how.mayLeave, site },
    {
      alongside: () => record(tx, effect, result),
      holds: (own) => isUnchanged(own, turn),
    },
  )
}

function isUnchanged(own: ReadyRow | undefined, { loaded }: Turn): boolean {
  return own?.wakes === loaded.wakes && own.leasedBy === null && loaded.journal.state === 'running'
}

function begunOf(outcome: Outcome): Begun {
  if (outcome.kind !== 'settled') return nothingBegun
  return { claims: outcome.begun, turn: outcome.turn, leaves: outcome.leaves }
}

function withResult(journal: Journal, number: number, result: StepResult): Journal {
  const { state, output, error, childId } = result
  const steps = journal.steps.map((step) => (step.step === number ? { ...step, state, output, error, childId } : step))
  return { ...journal, steps }
}

/** What it cost and what it gave, where this attempt still holds the step. */
async function record(tx: Tx, { claim, turn, step }: Effect, result: StepResult): Promise<Used> {
  const { delegationId, attempt } = claim
  const { cost } = await settle(tx, { delegationId, step: claim.step, attempt, outcome: result.used })
  const used = usedBy(result, cost)
  if (!(await recordResult(tx, claim, result, used))) throw new Fenced()
  tellStep(tx, turn.loaded, { ...step, state: result.state }, cost)
  return used
}

async function callTool(tx: Tx, effect: Effect, tool: AgentTool): Promise<StepResult> {
  const call = ToolCall.parse(effect.step.input)
  const outcome = await tracedTool(
    { tool, call, agent: agentOf(effect.turn), mask: (words) => tx.redactor.text(words) },
    () => tool.run(tx, siteOf(effect), argsOf(tool, call)),
    wordsOf,
  )
  if (outcome.kind === 'waits') return { ...nothing, state: 'waiting', childId: outcome.childId }
  return { ...nothing, state: 'done', output: { text: plain(outcome.text) } }
}

function findTool(step: RecordedStep, tools: readonly AnyTool[]): AnyTool | undefined {
  return tools.find((one) => one.name === step.name)
}

function noTool({ step, tools }: Effect): AppError {
  const known = tools.map((one) => one.name).join(', ')
  return new AppError('not-found', `There is no tool ${step.name}. The tools are: ${known}.`)
}

function siteOf({ context, turn, step }: Effect): ToolCallSite {
  const { delegationId, workspaceId } = turn.loaded.journal
  return { context, delegationId, workspaceId, step: step.step }
}

function specOf({ name, description, inputSchema }: AnyTool): LanguageModelV4FunctionTool {
  return { type: 'function', name, description, inputSchema }
}

function contextOf(db: Db, { orgId }: StepClaim, { journal, workspaceName: name, chain }: Loaded): OrgContext {
  const { workspaceId, delegationId } = journal
  return { db, orgId, chain, actor: { kind: 'workspace', workspaceId, delegationId, name } }
}

const nothing = {
  output: null,
  error: null,
  childId: null,
  used: { inputTokens: 0, outputTokens: 0 },
  isRehearsal: false,
} as const

/** The provider's or the tool's own words, never an empty one; and what is known of the price and of trying again. */
function failure(error: unknown): StepResult {
  const failed = { ...nothing, state: 'failed' as const, error: failureText(error) }
  if (!(error instanceof ModelFailure)) return failed
  return { ...failed, output: { retry: error.retry }, used: error.billing }
}
