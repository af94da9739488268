import { isSettled, type Journal, type RecordedStep } from '#shared/delegations/journal.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Turn } from './turn.ts'
import { follow, type Plan } from './turn.ts'

/**
 * Every effect passes here before it may begin, in the transaction that writes it down: a freeze, what needs an approval, what
 * the budget does not carry. What a gate says is recorded and decided upon like everything else.
 */
export async function passGates(_tx: Tx, turn: Turn, plan: Plan, tools: readonly AnyTool[]): Promise<Plan> {
  let passed = plan
  const seen = new Set<number>()
  for (;;) {
    const next = beginning(passed).filter((step) => !seen.has(step.step))
    if (next.length === 0) return passed
    for (const step of next) seen.add(step.step)
    const refused = new Map(next.flatMap((step) => refusal(turn, step, tools)))
    if (refused.size === 0) continue
    const steps = passed.after.steps.map((step) => refused.get(step.step) ?? step)
    passed = follow(plan.before, { ...passed.after, steps })
  }
}

/** Steps this commit lets begin. */
export function beginning({ before, after }: Plan): RecordedStep[] {
  return after.steps.filter((step) => step.state === 'pending' && before.steps[step.step]?.state !== 'pending')
}

function refusal(turn: Turn, step: RecordedStep, tools: readonly AnyTool[]): [number, RecordedStep][] {
  if (!turn.loaded.isFrozen || step.kind === 'model') return []
  const tool = tools.find((one) => one.name === step.name)
  if (!tool || tool.hints.readOnly || tool.hints.coordinates) return []
  const error = `${step.name} was refused: ${turn.loaded.workspaceName} is frozen, so nothing may be changed. Only a person can end the freeze.`
  return [[step.step, { ...step, state: 'failed', error }]]
}

export function hasOpenEffects(journal: Journal): boolean {
  return journal.steps.some((step) => !isSettled(step.state))
}
