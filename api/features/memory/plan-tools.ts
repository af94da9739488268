import { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import {
  editPlan,
  isProblem,
  makePlan,
  maxPlanDepth,
  maxPlanItems,
  NewPlanItem,
  type Plan,
  PlanAddition,
  PlanChange,
  type PlanProblem,
} from '#shared/memory/plan.ts'
import { type AgentTool, agentTool, type ToolCallSite, type ToolOutcome } from '../../kernel/agent-tool.ts'
import type { Tx } from '../../kernel/db.ts'
import { insertPlan, lockPlan, readPlan, replacePlan } from './plan-store.ts'

/** The plan of the work an agent is at: people see it beside the trace. */
export const planTools: readonly AgentTool[] = [
  agentTool({
    name: 'create_plan',
    description: 'Writes down how you will do this task: items with items below them. One plan a task.',
    input: z.object({ items: z.array(NewPlanItem).min(1).max(50) }),
    hints: { readOnly: false, idempotent: false, coordinates: true },
    run: async (tx, site, { items }) => {
      const plan = accepted(makePlan(items))
      if (!(await insertPlan(tx, site, plan))) {
        throw new AppError('conflict', 'This task has a plan already.', { fix: 'Change it with update_plan.' })
      }
      return told(tx, site, plan)
    },
  }),
  agentTool({
    name: 'update_plan',
    description: 'Changes state or title of items by their number, and adds items. States: todo, doing, done, dropped.',
    input: z.object({
      changes: z.array(PlanChange).max(100).default([]),
      additions: z.array(PlanAddition).max(50).default([]),
    }),
    hints: { readOnly: false, idempotent: false, coordinates: true },
    run: async (tx, site, edit) => {
      const plan = await lockPlan(tx, site.delegationId)
      if (!plan) throw noPlan()
      const edited = accepted(editPlan(plan, edit))
      await replacePlan(tx, site.delegationId, edited)
      return told(tx, site, edited)
    },
  }),
  agentTool({
    name: 'get_plan',
    description: 'The plan of this task as it stands.',
    input: z.object({}),
    hints: { readOnly: true, idempotent: true },
    run: async (tx, site) => {
      const plan = await readPlan(tx, site.delegationId)
      if (!plan) throw noPlan()
      return { kind: 'done', text: JSON.stringify({ items: plan.items }) }
    },
  }),
]

function told(tx: Tx, { workspaceId, delegationId, context }: ToolCallSite, plan: Plan): ToolOutcome {
  tx.tell({ type: 'plan.changed', payload: { workspaceId, delegationId } }, context.chain)
  return { kind: 'done', text: JSON.stringify({ items: plan.items }) }
}

function noPlan(): AppError {
  return new AppError('not-found', 'This task has no plan yet.', { fix: 'Make one with create_plan.' })
}

function accepted(result: Plan | PlanProblem): Plan {
  if (!isProblem(result)) return result
  if (result === 'too-many') throw new AppError('too-large', `A plan has at most ${maxPlanItems} items.`)
  if (result === 'too-deep') throw new AppError('too-large', `A plan is at most ${maxPlanDepth} levels deep.`)
  throw new AppError('bad-input', `The plan has no item ${result.unknown}.`, { fix: 'Look with get_plan.' })
}
