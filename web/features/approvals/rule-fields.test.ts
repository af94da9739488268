import { expect, test } from 'vitest'
import { checkRule, toFields, toRule } from './rule-fields.ts'

const fields = { ...toFields(undefined), tool: 'file_*' }

test('a new rule asks people everywhere, for ten minutes, and wants a tool', () => {
  expect(checkRule(toFields(undefined))).toEqual({ tool: 'Give a name, or * for all.' })
  expect(checkRule(fields)).toEqual({})
  expect(toRule(fields)).toEqual({
    effect: 'ask',
    tool: 'file_*',
    workspaceId: null,
    withTeam: false,
    role: null,
    minTier: null,
    maxTier: null,
    minCost: null,
    expiresSeconds: 600,
    escalate: 'people',
  })
})

test.each([
  ['two words', { tool: 'file write' }, 'tool'],
  ['no cost', { kind: 'model', cost: '' }, 'cost'],
  ['words for a cost', { kind: 'model', cost: 'much' }, 'cost'],
  ['no time', { count: '0' }, 'expiresSeconds'],
  ['half an hour as a broken number', { count: '0.5', unit: 'hours' }, 'expiresSeconds'],
  ['too long', { count: '31', unit: 'days' }, 'expiresSeconds'],
] as const)('%s is told at its field', (_name, change, field) => {
  expect(Object.keys(checkRule({ ...fields, ...change }))).toEqual([field])
})

test('dollars become whole micro-dollars, and are the same in the form again', () => {
  const rule = toRule({ ...fields, kind: 'model', tool: '*', cost: '$0.10', tiers: '-2', count: '2', unit: 'days' })
  expect(rule).toMatchObject({ minCost: 100_000, maxTier: 2, expiresSeconds: 172_800 })
})

test('a refusal has no time; a team needs a workspace, and tiers stand as they were given', () => {
  const given = { ...fields, effect: 'refuse', count: '', withTeam: true, role: ' *writer* ', tiers: '3-' } as const
  expect(checkRule(given)).toEqual({})
  const rule = toRule(given)
  expect(rule).toMatchObject({ effect: 'refuse', withTeam: false, role: '*writer*', minTier: 3, maxTier: null })
  expect(rule.expiresSeconds).toBe(600)
})
