import { expect, test } from 'vitest'
import { WorkspaceId } from '../kernel/ids.ts'
import { toolName } from '../mcp/tool-name.ts'
import { ApprovalRule } from './contract.ts'
import { decidingRule } from './match-rule.ts'

const here = WorkspaceId.parse('01890000-0000-7000-8000-000000000001')
const above = WorkspaceId.parse('01890000-0000-7000-8000-000000000004')
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

const caller = { workspaceId: here, above: [above], role: 'Writes copy', tier: 2 }
const call = { ...caller, kind: 'tool', tool: 'file_write', cost: 0 } as const
const model = { ...caller, kind: 'model', tool: 'openai:gpt', cost: 500 } as const

test.each([
  ['every tool', rule({}), call, true],
  ['the tool by name', rule({ tool: 'file_write' }), call, true],
  ['a pattern', rule({ tool: 'file_*' }), call, true],
  ['another tool', rule({ tool: 'file_read' }), call, false],
  ['another workspace', rule({ workspaceId: there }), call, false],
  ['a lower tier only', rule({ maxTier: 1 }), call, false],
  ['this tier', rule({ maxTier: 2 }), call, true],
  ['a higher tier only', rule({ minTier: 3 }), call, false],
  ['a role', rule({ role: '*WRITES*' }), call, true],
  ['another role', rule({ role: 'Writes' }), call, false],
  ['a workspace above', rule({ workspaceId: above }), call, false],
  ['the team of a workspace above', rule({ workspaceId: above, withTeam: true }), call, true],
  ['the team of another', rule({ workspaceId: there, withTeam: true }), call, false],
  ['a rule about cost leaves tools alone', rule({ minCost: 0 }), call, false],
  ['a rule about tools leaves models alone', rule({}), model, false],
  ['a dear model call', rule({ minCost: 500 }), model, true],
  ['a cheap model call', rule({ minCost: 501 }), model, false],
  ['a model call nobody can price', rule({ minCost: 501 }), { ...model, cost: null }, true],
])('%s', (_name, given, asked, waits) => {
  expect(decidingRule([given], asked) !== undefined).toBe(waits)
})

test('no spelling of a tool slips past a rule that holds it back, and none gains by one that allows it', () => {
  const asked = { ...call, tool: toolName('sky', 'Files.Delete') }
  for (const tool of ['sky__Files.Delete', 'sky__files.*', 'SKY__*']) {
    expect(decidingRule([rule({ tool, effect: 'refuse' })], asked), tool).toBeDefined()
    expect(decidingRule([rule({ tool, effect: 'ask' })], asked), tool).toBeDefined()
    expect(decidingRule([rule({ tool, effect: 'allow' })], asked), tool).toBeUndefined()
  }
})

test('the nearest rule decides: its own, its team, its role, its tier, the organisation', () => {
  const everywhere = rule({ effect: 'refuse' })
  const tier = rule({ maxTier: 2, effect: 'ask' })
  const role = rule({ role: '*copy', effect: 'allow' })
  const team = rule({ workspaceId: above, withTeam: true, effect: 'refuse' })
  const own = rule({ workspaceId: here, effect: 'allow' })
  const all = [everywhere, tier, role, team, own]
  for (let count = 1; count <= all.length; count++) {
    expect(decidingRule(all.slice(0, count), call)).toBe(all[count - 1])
    expect(decidingRule(all.slice(0, count).toReversed(), call)).toBe(all[count - 1])
  }
})

test('of rules equally near the one that names the tool more exactly decides; of equals the stricter', () => {
  const [all, some, one] = [
    rule({ effect: 'refuse' }),
    rule({ tool: 'file_*', effect: 'ask' }),
    rule({ tool: 'file_write', effect: 'allow' }),
  ]
  expect(decidingRule([all, some], call)).toBe(some)
  expect(decidingRule([all, one, some], call)).toBe(one)
  const [refuse, ask, allow] = [rule({ effect: 'refuse' }), rule({}), rule({ effect: 'allow' })]
  expect(decidingRule([allow, ask, refuse], call)).toBe(refuse)
  expect(decidingRule([allow, ask], call)).toBe(ask)
})

test('a rule of the workspace goes before one of the organisation, a shorter expiry before a longer one', () => {
  const own = rule({ workspaceId: here, expiresSeconds: 900 })
  const short = rule({ workspaceId: here, expiresSeconds: 60 })
  expect(decidingRule([rule({ expiresSeconds: 1 }), own], call)).toBe(own)
  expect(decidingRule([own, short], call)).toBe(short)
})

test('a dear model call cannot be refused by a rule: its budget stands for that', () => {
  expect(ApprovalRule.safeParse({ ...rule({}), effect: 'refuse', minCost: 5 }).success).toBe(false)
})
