import type { BudgetLimits } from '#shared/budgets/contract.ts'
import { type Metered, meteredThings } from '#shared/budgets/periods.ts'

/** "$0.50", "0.5", "1,200" as a whole number of micro-dollars or of pieces; undefined where it is none. */
export function readAmount(what: Metered, text: string): number | undefined {
  const plain = text.trim().replace(/^\$/, '').replaceAll(',', '')
  if (!/^\d+(\.\d+)?$/.test(plain)) return undefined
  const amount = what === 'money' ? Math.round(Number(plain) * 1_000_000) : Number(plain)
  return Number.isInteger(amount) && amount <= 1_000_000_000_000 ? amount : undefined
}

/** What the field shows for an amount: dollars with at least two digits after the point. */
export function writeAmount(what: Metered, amount: number): string {
  if (what !== 'money') return String(amount)
  const [whole = '0', rest = ''] = (amount / 1_000_000).toFixed(6).split('.')
  return `${whole}.${rest.replace(/0+$/, '').padEnd(2, '0')}`
}

export type LimitTexts = Record<Metered, string>
export type ReadLimits = { limits: BudgetLimits; wrong: readonly Metered[] }

/** The limits of a form; an empty field is no limit. */
export function readLimits(texts: LimitTexts): ReadLimits {
  const limits: BudgetLimits = { money: null, tokens: null, steps: null, seconds: null, toolCalls: null }
  const wrong: Metered[] = []
  for (const what of meteredThings) {
    if (texts[what].trim() === '') continue
    const amount = readAmount(what, texts[what])
    if (amount === undefined) wrong.push(what)
    else limits[what] = amount
  }
  return { limits, wrong }
}

export function writeLimits(limits: BudgetLimits | undefined): LimitTexts {
  const text = (what: Metered) => {
    const limit = limits?.[what] ?? null
    return limit === null ? '' : writeAmount(what, limit)
  }
  return {
    money: text('money'),
    tokens: text('tokens'),
    steps: text('steps'),
    seconds: text('seconds'),
    toolCalls: text('toolCalls'),
  }
}

/** Twice the limit, or what the next call needs where that is more. */
export function suggestRaise(limit: number, missing: number): number {
  return Math.max(limit * 2, limit + missing)
}
