import { formatMoney } from '../kernel/format-money.ts'
import type { BudgetPeriod, BudgetScope, Metered } from './periods.ts'

export type Lack = {
  scope: BudgetScope
  /** The name of the budget's workspace; null for the organisation's. */
  workspace: string | null
  period: BudgetPeriod
  what: Metered
  limit: number
  used: number
  /** What calls under way may still use of it. */
  reserved: number
  needed: number
}

/** One sentence for the person who finds work waiting: which budget, what is missing, who can raise it. */
export function explainLack(lack: Lack): string {
  const left = Math.max(0, lack.limit - lack.used - lack.reserved)
  const held = lack.reserved > 0 ? ` (${amountOf(lack.what, lack.reserved)} is held by calls under way)` : ''
  const has = `has ${amountOf(lack.what, left)} left of ${amountOf(lack.what, lack.limit)}${held}`
  return `${budgetName(lack)} ${has}; ${need(lack)}. ${whoMayRaise(lack.scope)} can raise it.`
}

/** "The budget of Researcher for each run"; "The organisation's budget for today". */
function budgetName({ scope, workspace, period }: Pick<Lack, 'scope' | 'workspace' | 'period'>): string {
  if (scope === 'org') return `The organisation's budget ${periodWords[period]}`
  const below = scope === 'subtree' ? ' and everything below it' : ''
  return `The budget of ${workspace ?? 'a removed workspace'}${below} ${periodWords[period]}`
}

export function whoMayRaise(scope: BudgetScope): string {
  return scope === 'org' ? 'An admin or owner' : 'A manager, admin or owner'
}

const periodWords = {
  run: 'for each run',
  tree: 'for each task with all its parts',
  day: 'for today (UTC)',
  month: 'for this month (UTC)',
} as const satisfies Record<BudgetPeriod, string>

function need({ what, needed }: Lack): string {
  if (what === 'money') return `the next call may cost up to ${formatMoney(needed)}`
  if (what === 'tokens') return `the next call may take up to ${amountOf(what, needed)}`
  return 'the next call would pass it'
}

/** An amount in its own unit: "$0.0100", "1,200 tokens", "3 steps". */
function amountOf(what: Metered, amount: number): string {
  if (what === 'money') return formatMoney(amount)
  const [one, many] = units[what]
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? one : many}`
}

const units = {
  tokens: ['token', 'tokens'],
  steps: ['step', 'steps'],
  seconds: ['second', 'seconds'],
  toolCalls: ['tool call', 'tool calls'],
} as const
