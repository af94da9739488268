import { expect, test } from 'vitest'
import { missingOf, namesDeclared, needsOf } from './needs.ts'

const base = { model: 'rehearsal', isRehearsed: true, config: {}, template: null }

test('what a model takes is required, unless the rehearsal plays its part', () => {
  const real = { ...base, model: 'anthropic:claude-sonnet-4-5', isRehearsed: false }
  expect(needsOf(real).required).toEqual([{ anyOf: ['ANTHROPIC_API_KEY'], forModel: true }])
  expect(needsOf({ ...real, isRehearsed: true }).required).toEqual([])
  expect(needsOf({ ...base, isRehearsed: false }).required).toEqual([])
  expect(needsOf({ ...real, model: 'google:gemini-2.5-pro' }).required).toEqual([
    { anyOf: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'], forModel: true },
  ])
})

test('every way of declaring counts, a strict name dominates its groups, required beats recommended', () => {
  const config = {
    required_env: ['A', { any_of: ['A', 'B'] }],
    env: { required: [{ any_of: ['C', 'D'] }], optional: ['A', 'E'] },
    runtime_config: { required_env: ['F', 7, 'lower'] },
  }
  const needs = needsOf({ ...base, config, template: { requiredEnv: [['G']], recommendedEnv: [['C'], ['H', 'I']] } })
  expect(needs.required.map(({ anyOf }) => anyOf)).toEqual([['A'], ['C', 'D'], ['F'], ['G']])
  expect(needs.recommended.map(({ anyOf }) => anyOf)).toEqual([['E'], ['C'], ['H', 'I']])
  const missing = missingOf(needs, new Set(['A', 'D', 'I']))
  expect(missing.required.map(({ anyOf }) => anyOf)).toEqual([['F'], ['G']])
  expect(missing.recommended.map(({ anyOf }) => anyOf)).toEqual([['E'], ['C']])
})

test('a declared strict name decides which of the model’s keys is asked for', () => {
  const declaring = { ...base, model: 'google:g', isRehearsed: false, config: { required_env: ['GOOGLE_API_KEY'] } }
  expect(needsOf(declaring).required).toEqual([{ anyOf: ['GOOGLE_API_KEY'], forModel: true }])
})

test('only declared names and those of the model may be given', () => {
  const names = namesDeclared({ ...base, model: 'openai:gpt-4o', config: { recommended_env: ['SLACK_BOT_TOKEN'] } })
  expect([...names].sort()).toEqual(['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'SLACK_BOT_TOKEN'])
})

test('a config that holds anything else declares nothing', () => {
  for (const config of [null, 'text', 7, { required_env: 'A', env: [], runtime_config: null }]) {
    expect(needsOf({ ...base, config }).required).toEqual([])
  }
})
