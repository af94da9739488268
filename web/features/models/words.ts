import { formatMoney } from '#shared/kernel/format-money.ts'
import type { CatalogueModel, ModelTest } from '#shared/models/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'

/** What a million tokens cost, in the order people compare. */
export function priceWords(price: CatalogueModel['price']): string {
  if (price === null) return 'No price is known, so it is not called'
  if (price.input === 0 && price.output === 0) return 'Free'
  const main = `${formatMoney(price.input)} in · ${formatMoney(price.output)} out per million tokens`
  const read = price.cacheRead === null || price.cacheRead === price.input ? '' : `${formatMoney(price.cacheRead)} read`
  const written = price.cacheWrite === null ? '' : `${formatMoney(price.cacheWrite)} written`
  const cache = [read, written].filter(Boolean).join(', ')
  return cache === '' ? main : `${main} · cache ${cache}`
}

/** "200k", "1M". */
export function windowWords(tokens: number | null): string | null {
  if (tokens === null) return null
  return tokens >= 1_000_000 ? `${round(tokens / 1_000_000)}M window` : `${round(tokens / 1_000)}k window`
}

export function testWords(test: ModelTest): string {
  const seconds = `${(test.tookMs / 1_000).toFixed(1)} s`
  if (test.outcome === 'failed') return test.words
  return `Answered “${test.words}” in ${seconds} for $${(test.cost / 1_000_000).toFixed(6)}`
}

/** What went wrong and what to do now. */
export function problemWords(error: unknown): string {
  const { message, fix } = readProblem(error)
  return [message, fix].filter(Boolean).join(' ')
}

/** The part after the provider, which stands above it. */
export function bareName(model: string): string {
  return model.slice(model.indexOf(':') + 1)
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10)
}
