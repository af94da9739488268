import { expect, test } from 'vitest'
import { AppError } from '#shared/kernel/app-error.ts'
import { DelegationId, KeyId, OrgId, UserId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Role } from '#shared/orgs/contract.ts'
import { openTestDb } from '../testing/test-db.ts'
import { type Actor, requireMay } from './actor.ts'
import { uuidv7 } from './uuid.ts'

const { db, close } = await openTestDb()
await close()
const orgId = OrgId.parse(uuidv7())
const keyId = KeyId.parse(uuidv7())
const person = (role: Role, key?: readonly string[] | null): Actor => ({
  ...{ kind: 'person', userId: UserId.parse('ada'), name: 'Ada', role },
  ...(key === undefined ? {} : { key: { keyId, permissions: key } }),
})
const ask = (actor: Actor, permission: Parameters<typeof requireMay>[1]) => requireMay({ db, orgId, actor }, permission)

function refusal(act: () => void): AppError {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error
  }
  throw new Error('it was not refused')
}

test('a refusal says what it was about, which role it takes, and who can give that role', () => {
  const edit = refusal(() => ask(person('viewer'), 'workspaces.edit'))
  expect(edit.code).toBe('forbidden')
  expect(edit.message).toBe('To rename and configure workspaces you need the role member; yours is viewer.')
  expect(edit.fix).toBe('An owner or admin can give you that role: Settings, People.')
  expect(refusal(() => ask(person('admin'), 'orgs.delete')).fix).toMatch(/^An owner can/)
  ask(person('member'), 'workspaces.edit')
  ask(person('owner'), 'orgs.delete')
})

test('a key does no more than it was made for, and nothing that is done in person', () => {
  ask(person('member', null), 'delegations.give')
  ask(person('member', ['delegations.give']), 'delegations.give')
  const limited = refusal(() => ask(person('owner', ['delegations.read']), 'delegations.give'))
  expect(limited).toMatchObject({ code: 'forbidden', message: 'This key may not give workspaces work.' })
  expect(refusal(() => ask(person('owner', null), 'orgs.delete')).message).toBe('A key may not do this.')
  const machine: Actor = { kind: 'key', keyId, name: 'CI', role: 'admin', permissions: null }
  expect(refusal(() => ask(machine, 'people.invite')).message).toBe('A key may not do this.')
})

test('an agent is refused whatever it asks for; the system is not', () => {
  const of = { workspaceId: WorkspaceId.parse(uuidv7()), delegationId: DelegationId.parse(uuidv7()), name: 'Lead' }
  expect(refusal(() => ask({ kind: 'workspace', ...of }, 'workspaces.read')).code).toBe('forbidden')
  ask({ kind: 'system', name: 'engine' }, 'orgs.delete')
})
