import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { createAsked } from '../../kernel/asked.ts'

/** The budgets, asked for from the top bar, the palette, a notice, or a workspace that wants one of its own. */
export type BudgetQuestion = { newFor: WorkspaceId | null }

const asked = createAsked<BudgetQuestion | undefined>(undefined)

export const askBudgets = asked.ask
/** For the one place that shows it. */
export const useBudgetQuestion = asked.useAskedHere
