/** Whose work a budget counts: everybody's, one workspace's own, or that of a workspace and everything below it. */
export type BudgetScope = 'org' | 'workspace' | 'subtree'
/** What it counts together: each delegation, each tree of delegations, a UTC day, a UTC month. */
export type BudgetPeriod = 'run' | 'tree' | 'day' | 'month'
/** What a budget may limit: micro-dollars, tokens in and out, model and tool calls, seconds its calls take, tool calls. */
export type Metered = 'money' | 'tokens' | 'steps' | 'seconds' | 'toolCalls'

export const budgetScopes = ['org', 'workspace', 'subtree'] as const
export const budgetPeriods = ['run', 'tree', 'day', 'month'] as const
export const meteredThings = ['money', 'tokens', 'steps', 'seconds', 'toolCalls'] as const
