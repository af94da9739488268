import { z } from 'zod'
import { type Journal, ToolCall, ToolOutput } from '#shared/delegations/journal.ts'
import { isWorkCall } from '#shared/delegations/model-step.ts'
import type { WindowPart } from '#shared/delegations/window-contract.ts'
import { PlanItem } from '#shared/memory/plan.ts'

const planTools = new Set(['create_plan', 'update_plan', 'get_plan'])
const Told = z.object({ items: z.array(PlanItem) })

/**
 * The plan of this work as its tools last told it, for the end of what a model is sent: further up it fades among results, and
 * a summary leaves it out. Undefined where there is none, or where the last answer's own results tell it already.
 */
export function standingPlan({ steps }: Journal): WindowPart | undefined {
  const told = steps.findLast(
    (step) =>
      step.askedBy !== null && step.state === 'done' && planTools.has(ToolCall.safeParse(step.input).data?.name ?? ''),
  )
  if (!told) return undefined
  const lastAnswer = steps.findLast((step) => isWorkCall(step) && step.state === 'done')
  if (told.askedBy === lastAnswer?.step) return undefined
  const items = itemsIn(ToolOutput.parse(told.output).text)
  if (items.length === 0) return undefined
  const text = `Your plan as it stands, by number; change it with update_plan:\n${items.flatMap(lines(0)).join('\n')}`
  return { kind: 'plan', title: 'Its plan as it stands', step: told.step, text }
}

/** A result that was shortened on its way is no plan any more. */
function itemsIn(text: string): PlanItem[] {
  try {
    return Told.parse(JSON.parse(text)).items
  } catch {
    return []
  }
}

function lines(depth: number) {
  return ({ id, title, state, items }: PlanItem): string[] => [
    `${'  '.repeat(depth)}${id}. [${state}] ${title}`,
    ...items.flatMap(lines(depth + 1)),
  ]
}
