export { askBudgets } from './ask.ts'
export { BudgetRaise } from './budget-raise.tsx'
export { followBudgets } from './cache.ts'
export { WorkspaceLimits } from './workspace-limits.tsx'
