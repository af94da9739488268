import type { ApprovalRule, ApprovalState, ApprovalView, RuleEffect } from '#shared/approvals/contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'

/** "wants to use": goes between who asks and the name of the tool. */
export function wantsWords({ kind }: Pick<ApprovalView, 'kind'>): string {
  return kind === 'model' ? 'wants to call the model' : 'wants to use'
}

export const decidedWords = {
  pending: 'Waits',
  approved: 'Approved',
  denied: 'Denied',
  expired: 'Not answered in time',
  withdrawn: 'Withdrawn',
} as const satisfies Record<ApprovalState, string>

export const askedWords = {
  people: 'People',
  'parents-first': 'Workspaces above, then people',
} as const satisfies Record<ApprovalRule['escalate'], string>

/** What a rule makes of a call. */
export const thenWords = {
  allow: 'runs',
  ask: 'waits for a yes',
  refuse: 'is refused',
} as const satisfies Record<RuleEffect, string>

export type Unit = 'seconds' | 'minutes' | 'hours' | 'days'

export const unitSeconds = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const satisfies Record<
  Unit,
  number
>

/** In the largest unit that gives a whole number: 5400 → 90 minutes. */
export function splitSeconds(seconds: number): { count: number; unit: Unit } {
  const unit = (['days', 'hours', 'minutes'] as const).find((one) => seconds % unitSeconds[one] === 0) ?? 'seconds'
  return { count: seconds / unitSeconds[unit], unit }
}

const shortUnits = { seconds: 's', minutes: 'min', hours: 'h', days: 'd' } as const satisfies Record<Unit, string>

export function expiryWords(seconds: number): string {
  const { count, unit } = splitSeconds(seconds)
  return `${count} ${shortUnits[unit]}`
}

export function costWords(minCost: number | null): string {
  return minCost === null ? '–' : minCost === 0 ? '$0' : formatMoney(minCost)
}

/** Arguments in a line that tells one call from the next: the values alone. */
export function argsLine(args: string): string {
  try {
    const parsed: unknown = JSON.parse(args)
    if (typeof parsed !== 'object' || parsed === null) return args
    const values: unknown[] = Object.values(parsed)
    return values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(' · ')
  } catch {
    return args
  }
}

/** "1,234 more characters" where people see less than the call would be made with. */
export function moreWords({ args, whole }: Pick<ApprovalView, 'args' | 'whole'>): string | undefined {
  return whole ? `${(whole.chars - args.length).toLocaleString('en')} more characters` : undefined
}
