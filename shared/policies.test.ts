import { expect, test } from 'vitest'
import { approvalsPolicy } from './approvals/policy.ts'
import { Role } from './orgs/contract.ts'
import { mayAs, type Permission, policies } from './policies.ts'

const permissions = Object.keys(policies).filter((name): name is Permission => name in policies)

test('what a role may do, every higher role may too', () => {
  const upward = Role.options.toReversed()
  expect(upward[0]).toBe('viewer')
  for (const permission of permissions) {
    const may = upward.map((role) => mayAs(role, permission))
    expect(may, permission).toEqual(may.toSorted((one, other) => Number(one) - Number(other)))
    expect(may.at(-1), permission).toBe(true)
  }
})

test('members work, managers hold the reins, admins hold people, secrets and rules, owners the organisation', () => {
  const lowest = (permission: Permission) => policies[permission].lowest
  expect(lowest('delegations.read')).toBe('viewer')
  expect(lowest('workspaces.edit')).toBe('member')
  expect(lowest('delegations.give')).toBe('member')
  expect(lowest('budgets.workspace.write')).toBe('manager')
  expect(lowest('orgs.stop')).toBe('manager')
  expect(lowest('people.invite')).toBe('admin')
  expect(lowest('secrets.org.write')).toBe('admin')
  expect(lowest('approvals.rules.write')).toBe('admin')
  expect(lowest('orgs.transfer')).toBe('owner')
  expect(lowest('orgs.delete')).toBe('owner')
})

test('the table cannot be changed while the server runs', () => {
  expect(() => Object.assign(policies, approvalsPolicy)).toThrow(TypeError)
})
