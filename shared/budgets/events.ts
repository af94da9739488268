import { z } from 'zod'
import { BudgetId, WorkspaceId } from '../kernel/ids.ts'

/** `workspaceId` is null where the budget is the organisation's. */
const of = { budgetId: BudgetId, workspaceId: WorkspaceId.nullable() }

export const budgetEvents = [
  z.object({ type: z.literal('budget.set'), payload: z.object(of) }),
  z.object({ type: z.literal('budget.removed'), payload: z.object(of) }),
  z.object({
    type: z.literal('budget.warned'),
    payload: z.object({ ...of, percent: z.union([z.literal(50), z.literal(80), z.literal(95)]) }),
  }),
  z.object({ type: z.literal('price.set'), payload: z.object({ model: z.string().max(120) }) }),
] as const
