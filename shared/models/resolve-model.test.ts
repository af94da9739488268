import { expect, test } from 'vitest'
import { builtInAliases, resolveModel } from './resolve-model.ts'

test.each([
  ['sonnet', builtInAliases.sonnet],
  ['gpt-5', 'openai:gpt-5'],
  ['o3', 'openai:o3'],
  ['claude-opus-4-5', 'anthropic:claude-opus-4-5'],
  ['gemini-2.5-pro', 'google:gemini-2.5-pro'],
  ['codestral-latest', 'mistral:codestral-latest'],
  ['openrouter:anthropic/claude-sonnet-4.5', 'openrouter:anthropic/claude-sonnet-4.5'],
  ['acme', 'acme'],
  ['toString', 'toString'],
])('%s is %s', (name, model) => {
  expect(resolveModel(name)).toBe(model)
})

test('an organisation’s own alias goes before ours, and may name ours', () => {
  const own = { sonnet: 'openrouter:anthropic/claude-sonnet-4.5', best: 'opus', rehearsal: 'openai:gpt-5' }
  expect(resolveModel('sonnet', own)).toBe('openrouter:anthropic/claude-sonnet-4.5')
  expect(resolveModel('best', own)).toBe(builtInAliases.opus)
  expect(resolveModel('rehearsal', own)).toBe('rehearsal')
})
