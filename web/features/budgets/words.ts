import type { Budget } from '#shared/budgets/contract.ts'
import type { BudgetPeriod, BudgetScope, Metered } from '#shared/budgets/periods.ts'
import { permissionFor } from '#shared/budgets/policy.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'
import type { Role } from '#shared/orgs/contract.ts'
import { mayAs } from '#shared/policies.ts'

export const scopeWords = {
  org: 'The whole organisation',
  subtree: 'A workspace and everything below it',
  workspace: 'One workspace alone',
} as const satisfies Record<BudgetScope, string>

export const periodWords = {
  day: 'Each day (UTC)',
  month: 'Each month (UTC)',
  tree: 'Each task with all its parts',
  run: 'Each single run',
} as const satisfies Record<BudgetPeriod, string>

/** How much of the period is shown: the running day, or the fullest run that goes on. */
export const runningWords = {
  day: 'today',
  month: 'this month',
  tree: 'by the task that used most',
  run: 'by the run that used most',
} as const satisfies Record<BudgetPeriod, string>

export const meteredWords = {
  money: 'Money',
  tokens: 'Tokens',
  steps: 'Steps',
  seconds: 'Seconds',
  toolCalls: 'Tool calls',
} as const satisfies Record<Metered, string>

/** "Researcher and everything below it"; "The whole organisation". */
export function whoseWords({ scope, workspaceId }: Pick<Budget, 'scope' | 'workspaceId'>, nameOf: NameOf): string {
  if (workspaceId === null) return scopeWords.org
  const name = nameOf(workspaceId)
  return scope === 'subtree' ? `${name} and everything below it` : `${name} alone`
}

export type NameOf = (workspaceId: string) => string

export function maySet(role: Role | undefined, scope: BudgetScope): boolean {
  return role !== undefined && mayAs(role, permissionFor[scope])
}

/** "$0" is exact; four zeros would look like a rounding. */
export function moneyWords(micros: number): string {
  return micros === 0 ? '$0' : formatMoney(micros)
}

export function amountWords(what: Metered, amount: number): string {
  return what === 'money' ? moneyWords(amount) : amount.toLocaleString('en-US')
}

/** Every digit, for those who hover. */
export function exactMoney(micros: number): string {
  return `$${(micros / 1_000_000).toFixed(6)}`
}

export function reservedOf({ reserved }: Budget, what: Metered): number {
  return what === 'money' || what === 'tokens' ? reserved[what] : 0
}

const shortPeriods = {
  day: 'today',
  month: 'this month',
  tree: 'a task with its parts',
  run: 'a run',
} as const satisfies Record<BudgetPeriod, string>

/** A limit seen from a workspace: "Money, today"; "Steps, a run, of the organisation"; "Money, this month, with its team". */
export function limitName(budget: Budget, what: Metered, from: string, nameOf: NameOf): string {
  return `${meteredWords[what]}, ${shortPeriods[budget.period]}${ownerWords(budget, from, nameOf)}`
}

function ownerWords({ scope, workspaceId }: Budget, from: string, nameOf: NameOf): string {
  if (workspaceId === null) return ', of the organisation'
  if (scope === 'workspace') return ''
  return workspaceId === from ? ', with its team' : `, of ${nameOf(workspaceId)}’s team`
}
