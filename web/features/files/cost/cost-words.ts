import type { Price } from '#shared/budgets/contract.ts'
import { formatMoney } from '#shared/kernel/format-money.ts'

/** Our tokenizer is that of OpenAI; for what others read it is an estimate, and says so. */
export function tokenWords(tokens: number, model: string): string {
  const count = `${tokens.toLocaleString('en-US')} ${tokens === 1 ? 'token' : 'tokens'}`
  return isExactFor(model) ? count : `about ${count}`
}

export function isExactFor(model: string): boolean {
  return /^(openai:)?(gpt-(4o|4\.1|4\.5|5)|o[134]\b|chatgpt)/.test(model)
}

/** What the prompt alone costs with each call, in words; undefined while the price is not known yet. */
export function costWords(tokens: number, model: string, prices: readonly Price[] | undefined): string | undefined {
  const price = prices?.find((one) => one.model === model)
  if (!prices) return undefined
  if (model === 'rehearsal' || price?.source === 'rehearsal') return 'free in rehearsal'
  if (!price || price.input === null) return `no price known for ${model}`
  const micros = (tokens * price.input) / 1_000_000
  if (micros < 100 && micros > 0) return 'under $0.0001 a call'
  return `${formatMoney(micros)} a call`
}
