import { describe, expect, test } from 'vitest'
import type { Price } from '#shared/budgets/contract.ts'
import { costWords, tokenWords } from './cost-words.ts'

const prices: Price[] = [
  { model: 'openai:gpt-4o', source: 'catalogue', input: 2_500_000, output: 10_000_000, cacheRead: null },
  { model: 'own:model', source: 'unknown', input: null, output: null, cacheRead: null },
  { model: 'rehearsal', source: 'rehearsal', input: 0, output: 0, cacheRead: 0 },
]

describe('the size of a prompt', () => {
  test.each(['openai:gpt-4o', 'gpt-4.1-mini', 'o3', 'openai:gpt-5'])('is exact for %s', (model) => {
    expect(tokenWords(1_234, model)).toBe('1,234 tokens')
  })
  test.each(['anthropic:claude-sonnet-4-5', 'rehearsal', 'groq:llama'])('is an estimate for %s', (model) => {
    expect(tokenWords(1, model)).toBe('about 1 token')
  })
})

describe('the price of a prompt', () => {
  test.each([
    [4_000, 'openai:gpt-4o', '$0.0100 a call'],
    [3, 'openai:gpt-4o', 'under $0.0001 a call'],
    [0, 'openai:gpt-4o', '$0.0000 a call'],
    [4_000, 'own:model', 'no price known for own:model'],
    [4_000, 'nobody:knows', 'no price known for nobody:knows'],
    [4_000, 'rehearsal', 'free in rehearsal'],
  ])('%d tokens with %s: %s', (tokens, model, words) => {
    expect(costWords(tokens, model, prices)).toBe(words)
  })
  test('is not said before prices are read', () => {
    expect(costWords(1, 'rehearsal', undefined)).toBeUndefined()
  })
})
