import { calcPrice } from '@pydantic/genai-prices'
import { expect, test } from 'vitest'
import { cataloguePrice } from './prices.ts'

const at = new Date('2026-01-15T00:00:00Z')

test('a price is kept in whole micro-dollars for a million tokens', () => {
  expect(cataloguePrice('openai:gpt-5-mini', at)).toEqual({
    source: 'catalogue',
    tiers: [{ from: 0, input: 250_000, output: 2_000_000, cacheRead: 25_000 }],
    perCall: 0,
  })
})

test('a long prompt is priced by its tier', () => {
  expect(cataloguePrice('anthropic:claude-sonnet-4-5', at)?.tiers).toEqual([
    { from: 0, input: 3_000_000, output: 15_000_000, cacheRead: 300_000, cacheWrite: 3_750_000 },
    { from: 200_000, input: 6_000_000, output: 22_500_000, cacheRead: 600_000, cacheWrite: 7_500_000 },
  ])
  const model = (tokens: number) =>
    calcPrice({ input_tokens: tokens, output_tokens: 0 }, 'claude-sonnet-4-5', {
      providerId: 'anthropic',
      timestamp: at,
    })
  // The catalogue's own sums: the tier begins after its start.
  expect(model(200_000)?.total_price).toBeCloseTo(0.6)
  expect(model(200_001)?.total_price).toBeCloseTo(1.200006)
})

test('the rehearsal model is free, a model nobody knows has no price', () => {
  expect(cataloguePrice('rehearsal', at)?.tiers[0]?.output).toBe(0)
  expect(cataloguePrice('acme:giant-1', at)).toBeUndefined()
  expect(cataloguePrice('giant-1', at)).toBeUndefined()
  expect(cataloguePrice('ollama:llama3', at)).toBeUndefined()
})

test('a fee for each call is kept apart', () => {
  expect(cataloguePrice('perplexity:sonar', at)?.perCall).toBe(12_000)
})
