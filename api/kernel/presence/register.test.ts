import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Here } from '#shared/drafts/asides.ts'
import { OrgId, UserId } from '#shared/kernel/ids.ts'
import { createRegister } from './register.ts'

const orgId = OrgId.parse(randomUUID())

function page(id: string): Here {
  return { id, userId: UserId.parse('ada'), name: 'Ada', workspaceId: null, file: null }
}

test('a page is here until it was silent for too long, and goes once', () => {
  const register = createRegister(100)
  register.hear(orgId, page('a'), 0)
  register.hear(orgId, page('b'), 0)
  register.hear(orgId, page('a'), 60)
  expect(register.of(orgId, 99).map(({ id }) => id)).toEqual(['b', 'a'])
  expect(register.of(orgId, 100).map(({ id }) => id)).toEqual(['a'])
  expect(register.takeExpired(100)).toEqual([{ orgId, id: 'b' }])
  expect(register.takeExpired(100)).toEqual([])
})

test('one org does not see the pages of another', () => {
  const register = createRegister(100)
  register.hear(orgId, page('a'), 0)
  expect(register.of(OrgId.parse(randomUUID()), 0)).toEqual([])
})

test('a flood of pages keeps the newest', () => {
  const register = createRegister(100)
  for (let n = 0; n < 2_100; n++) register.hear(orgId, page(`${n}`), 0)
  const known = register.of(orgId, 0)
  expect(known).toHaveLength(2_000)
  expect(known.at(-1)?.id).toBe('2099')
})
