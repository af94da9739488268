import { expect, test } from 'vitest'
import { expiryOf, grantable, rolesUpTo } from './words.ts'

const now = Date.parse('2026-01-01T00:00:00Z')
const at = (days: number) => ({ expiresAt: new Date(now + days * 86_400_000).toISOString() })

test('the end of a key is told in days, and told louder when it is near or past', () => {
  expect(expiryOf({ expiresAt: null }, now)).toEqual({ words: 'never expires', state: 'far' })
  expect(expiryOf(at(90), now)).toEqual({ words: 'expires in 90 days', state: 'far' })
  expect(expiryOf(at(7), now)).toEqual({ words: 'expires in 7 days', state: 'soon' })
  expect(expiryOf(at(0.5), now)).toEqual({ words: 'expires within a day', state: 'soon' })
  expect(expiryOf(at(0), now)).toEqual({ words: 'expired', state: 'over' })
})

test('a key is offered no role above that of whoever makes it, and never owner', () => {
  expect(rolesUpTo('owner')).toEqual(['admin', 'manager', 'member', 'viewer'])
  expect(rolesUpTo('member')).toEqual(['member', 'viewer'])
  expect(rolesUpTo(undefined)).toEqual([])
})

test('what is done in person, or by a higher role, is offered to no key', () => {
  const names = (role: 'admin' | 'viewer') =>
    grantable(role).flatMap(({ permissions }) => permissions.map((one) => one.name))
  expect(names('admin')).toContain('approvals.answer')
  expect(names('admin')).not.toContain('people.invite')
  expect(names('viewer')).not.toContain('approvals.answer')
})
