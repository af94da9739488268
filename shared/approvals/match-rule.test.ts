import { expect, test } from 'vitest'
import { WorkspaceId } from '../kernel/ids.ts'
import { ApprovalRule } from './contract.ts'
import { matchRule } from './match-rule.ts'

const here = WorkspaceId.parse('01890000-0000-7000-8000-000000000001')
const there = WorkspaceId.parse('01890000-0000-7000-8000-000000000002')

function rule(given: Partial<ApprovalRule>): ApprovalRule {
  return ApprovalRule.parse({
    id: '01890000-0000-7000-8000-000000000003',
    tool: '*',
    workspaceId: null,
    maxTier: null,
    minCost: null,
    ...given,
  })
}

const call = { kind: 'tool', tool: 'file_write', workspaceId: here, tier: 2, cost: 0 } as const
const model = { kind: 'model', tool: 'openai:gpt', workspaceId: here, tier: 2, cost: 500 } as const

test.each([
  ['every tool', rule({}), call, true],
  ['the tool by name', rule({ tool: 'file_write' }), call, true],
  ['a pattern', rule({ tool: 'file_*' }), call, true],
  ['another tool', rule({ tool: 'file_read' }), call, false],
  ['another workspace', rule({ workspaceId: there }), call, false],
  ['a lower tier only', rule({ maxTier: 1 }), call, false],
  ['this tier', rule({ maxTier: 2 }), call, true],
  ['a rule about cost leaves tools alone', rule({ minCost: 0 }), call, false],
  ['a rule about tools leaves models alone', rule({}), model, false],
  ['a dear model call', rule({ minCost: 500 }), model, true],
  ['a cheap model call', rule({ minCost: 501 }), model, false],
  ['a model call nobody can price', rule({ minCost: 501 }), { ...model, cost: null }, true],
])('%s', (_name, given, asked, waits) => {
  expect(matchRule([given], asked) !== undefined).toBe(waits)
})

test('a rule of the workspace goes before one of the organisation, a shorter expiry before a longer one', () => {
  const own = rule({ workspaceId: here, expiresSeconds: 900 })
  const short = rule({ workspaceId: here, expiresSeconds: 60 })
  expect(matchRule([rule({ expiresSeconds: 1 }), own], call)).toBe(own)
  expect(matchRule([own, short], call)).toBe(short)
})
