export { BudgetGauge } from './budget-gauge.tsx'
export { BudgetRaise } from './budget-raise.tsx'
export { followBudgets } from './cache.ts'
export { WorkspaceLimits } from './workspace-limits.tsx'
