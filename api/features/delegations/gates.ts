import { openHold, withNote } from '#shared/delegations/hold.ts'
import { type Hold, type Journal, type RecordedStep, ToolCall, WorkContext } from '#shared/delegations/journal.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import type { Tx } from '../../kernel/db.ts'
import { hasCircuits, knock } from '../../models/circuits.ts'
import { isRehearsed } from '../../models/registry.ts'
import { worstCase } from '../../runtimes/native/call-model.ts'
import { type Ask, gate, type Rulebook, readRulebook, rulebookOf } from '../approvals/index.ts'
import { reserve, settle } from '../budgets/index.ts'
import { reachOf, wayTo } from '../secrets/index.ts'
import type { Hands } from './hands.ts'
import { toolsOf } from './known-tools.ts'
import { checkLoops, loopHold } from './loop-gate.ts'
import { readPrices } from './simulate-price.ts'
import { follow, type Plan, type Turn } from './turn.ts'

/** What the gates made of a plan; `within`: how long an effect may take where a budget of time says so, by step. */
export type Passed = { plan: Plan; within: ReadonlyMap<number, number>; loop: Hold | undefined }

/**
 * Every effect passes here before it may begin, in the transaction that writes it down: the loop breaker, a freeze, the key
 * of its model, the budget. What a gate says is recorded and decided upon like everything else.
 */
export async function passGates(tx: Tx, turn: Turn, plan: Plan, worker: Hands): Promise<Passed> {
  const hands = { ...worker, tools: toolsOf(worker.tools, plan.after) }
  const { workspaceId } = plan.before
  const of = { workspaceId, role: turn.role, tier: turn.tier }
  const rules = beginning(plan).length > 0 ? await readRulebook(tx, of) : rulebookOf([], { ...of, line: [] })
  const free = refuseTools(turn, plan, { tools: hands.tools, rules })
  if (beginning(free).some((step) => step.kind === 'model')) {
    const loop = await checkLoops(tx, free.after)
    if (loop) {
      const hold = loopHold(loop)
      return { plan: held(free, hold), within: new Map(), loop: hold }
    }
  }
  const open = await skipLeftAlone(tx, turn, free, hands)
  if (open.after.state !== 'running') return { plan: open, within: new Map(), loop: undefined }
  const asked = await askWhereNeeded(tx, open, { hands, rules })
  if (asked.after.state !== 'running') return { plan: asked, within: new Map(), loop: undefined }
  return await payFor(tx, turn, asked, hands)
}

/**
 * A provider that failed again and again is left alone for a while: the call is recorded as failed without being made, and
 * what follows from that, another model or a pause, is decided at once.
 */
async function skipLeftAlone(tx: Tx, turn: Turn, plan: Plan, hands: Hands): Promise<Plan> {
  const [call] = beginning(plan).filter((step) => step.kind === 'model')
  if (!call || !hasCircuits(tx.orgId)) return plan
  const { model, isRehearsal } = worstCase(plan.after, hands.tools, call)
  if (isRehearsed(model, isRehearsal)) return plan
  const left = knock({ orgId: tx.orgId, ...(await wayTo(tx, plan.before.workspaceId, model)) })
  if (!left) return plan
  const failed = { state: 'failed' as const, error: left.reason, output: { retry: { afterMs: left.afterMs } } }
  const steps = plan.after.steps.map((step) => (step === call ? { ...step, ...failed } : step))
  return await skipLeftAlone(tx, turn, follow(plan.before, { ...plan.after, steps }), hands)
}

/** What needs a yes waits for it; the rest goes on. */
async function askWhereNeeded(tx: Tx, plan: Plan, { hands, rules }: { hands: Hands; rules: Rulebook }): Promise<Plan> {
  const { delegationId, workspaceId } = plan.before
  const begins = beginning(plan).filter((step) => step.approvalId === null)
  const asks = begins.map(
    (step): Ask => ({
      ...{ delegationId, workspaceId, step: step.step, tool: step.name },
      kind: step.kind === 'model' ? 'model' : 'tool',
      args: ToolCall.safeParse(step.input).data?.args ?? '',
      cost: async () => {
        const { model, isRehearsal, ...worst } = worstCase(plan.after, hands.tools, step)
        return (await readPrices(tx))(model, isRehearsal, worst)
      },
    }),
  )
  const waits = await gate(tx, rules, asks)
  if (waits.size === 0) return plan
  const steps = plan.after.steps.map((step) => {
    const approvalId = waits.get(step.step)
    return approvalId ? { ...step, state: 'waiting' as const, approvalId } : step
  })
  return follow(plan.before, { ...plan.after, steps })
}

/** Reserves at every budget for all that begins, or lets nothing begin. */
async function payFor(tx: Tx, turn: Turn, plan: Plan, hands: Hands): Promise<Passed> {
  const within = new Map<number, number>()
  const reserved: RecordedStep[] = []
  for (const step of beginning(plan)) {
    const verdict = await reserveFor(tx, turn, plan.after, step, hands)
    if (verdict.kind !== 'reserved') {
      await Promise.all(reserved.map((one) => settle(tx, { ...attemptOf(turn, one), outcome: 'not-sent' })))
      const { reason } = verdict
      const hold: Hold =
        verdict.kind === 'keyless' ? { for: 'input', code: 'key', reason } : { for: 'budget', code: 'money', reason }
      return { plan: held(plan, hold), within: new Map(), loop: undefined }
    }
    reserved.push(step)
    if (verdict.withinMs !== null) within.set(step.step, verdict.withinMs)
  }
  return { plan, within, loop: undefined }
}

/** Steps this commit lets begin. */
export function beginning({ before, after }: Plan): RecordedStep[] {
  return after.steps.filter((step) => step.state === 'pending' && before.steps[step.step]?.state !== 'pending')
}

/** Which attempt of a delegation's step. */
export function attemptOf({ loaded }: Turn, { step }: Pick<RecordedStep, 'step'>) {
  return { delegationId: loaded.journal.delegationId, step, attempt: loaded.efforts.get(step)?.attempt ?? 1 }
}

async function reserveFor(tx: Tx, turn: Turn, journal: Journal, step: RecordedStep, hands: Hands) {
  const { workspaceId } = journal
  const of = { ...attemptOf(turn, step), rootId: turn.loaded.place.rootId, workspaceId }
  if (step.kind !== 'model') {
    return await reserve(tx, { ...of, model: null, isRehearsal: false, worst: { inputTokens: 0, outputTokens: 0 } })
  }
  const { model, isRehearsal, ...worst } = worstCase(journal, hands.tools, step)
  const reach = isRehearsed(model, isRehearsal) ? ready : await reachOf(tx, workspaceId, model)
  if (reach.kind === 'lacking') return { kind: 'keyless' as const, reason: reach.reason }
  // What nobody can call costs nothing: the call itself fails in words that say what is missing.
  if (reach.kind === 'nobody') return { kind: 'reserved' as const, withinMs: null }
  return await reserve(tx, { ...of, model, isRehearsal, worst })
}

const ready = { kind: 'ready' } as const

/** The same plan, standing still instead of beginning anything; where it stood still for the same already, nothing changed. */
function held(plan: Plan, hold: Hold): Plan {
  const stoodStill = openHold(plan.before)
  if (stoodStill?.code === hold.code && (hold.code === 'money' || hold.code === 'key')) {
    const { before } = plan
    const after = before.state === 'waiting' ? before : { ...before, state: 'waiting' as const }
    return { before, after, last: { do: 'wait', waitingFor: hold.for, reason: hold.reason } }
  }
  const kept = new Set(beginning(plan).map((step) => step.step))
  const steps = plan.after.steps.map((step) => (kept.has(step.step) ? { ...step, state: 'waiting' as const } : step))
  return follow(plan.before, withNote({ ...plan.after, steps }, 'hold', hold))
}

type Refusing = { tools: readonly AnyTool[]; rules: Rulebook }

/**
 * A tool that was not given to this workspace when its work began is refused, one that a rule refuses, and in a frozen one
 * whatever would change something; what follows from that is decided at once.
 */
function refuseTools(turn: Turn, plan: Plan, by: Refusing): Plan {
  const refused = new Map(beginning(plan).flatMap((step) => refusal(turn, step, by)))
  if (refused.size === 0) return plan
  const steps = plan.after.steps.map((step) => refused.get(step.step) ?? step)
  return refuseTools(turn, follow(plan.before, { ...plan.after, steps }), by)
}

function refusal(turn: Turn, step: RecordedStep, by: Refusing): [number, RecordedStep][] {
  const error = step.kind === 'model' ? undefined : whyNot(turn, step.name, by)
  return error === undefined ? [] : [[step.step, { ...step, state: 'failed', error }]]
}

/** In words for the model, which is to know that trying again is in vain. */
function whyNot({ loaded }: Turn, name: string, { tools, rules }: Refusing): string | undefined {
  const tool = tools.find((one) => one.name === name)
  if (!tool) return undefined
  const who = loaded.workspaceName
  const given = WorkContext.safeParse(loaded.journal.steps.find(({ kind }) => kind === 'context')?.output).data?.tools
  if (given && !given.includes(name)) {
    return `${name} is not among the tools of ${who}. They are: ${given.join(', ')}. Its config gives them, under tools.`
  }
  const rule = rules.refusal(name)
  if (rule)
    return `${who} may not call ${name}: ${rule} refuses it. Go on without it, or say what you would have needed.`
  if (!loaded.isFrozen || tool.hints.readOnly || tool.hints.coordinates) return undefined
  return `${name} was refused: ${who} is frozen, so nothing may be changed. Only a person can end the freeze.`
}
