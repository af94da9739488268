import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '#shared/kernel/app-error.ts'
import { OrgId, UserId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { createCaller } from '../../kernel/trpc.ts'
import { makeMember, makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { orgsRouter } from './router.ts'

/** Deleting is tried where there is work: see deleting.test.ts above the features. */
const orgs = orgsRouter(async () => async () => {})
let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

const callerOf = ({ actor, db }: OrgContext) => {
  const user = actor.kind === 'person' ? { id: actor.userId, name: actor.name } : null
  return createCaller(orgs)({ db, user })
}

test('a person sees the orgs of which they are a member, with the role in each, and no other', async () => {
  const mine = await makeOrg(testDb.db, { name: 'Mine' })
  const other = await makeOrg(testDb.db, { name: 'Other' })
  const listed = await callerOf(mine).list()
  const switches = { contactPolicy: 'direct', isRehearsal: true, isStopped: false, isFrozen: false }
  expect(listed).toEqual([{ id: mine.orgId, name: 'Mine', ...switches, role: 'owner' }])
  await expect(callerOf(mine).get({ orgId: other.orgId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(callerOf(mine).get({ orgId: OrgId.parse(randomUUID()) })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('an admin changes the contact policy, and the log tells it once', async () => {
  const owner = await makeOrg(testDb.db)
  const admin = await makeMember(owner, 'admin')
  await callerOf(admin).setContactPolicy({ orgId: owner.orgId, contactPolicy: 'lineage' })
  await callerOf(admin).setContactPolicy({ orgId: owner.orgId, contactPolicy: 'lineage' })
  expect(await callerOf(owner).get({ orgId: owner.orgId })).toMatchObject({ contactPolicy: 'lineage' })
  const told = await readRows(testDb.db, owner.orgId, sql`select seq, type, payload from events order by seq`)
  expect(told).toEqual([
    { seq: '1', type: 'org.created', payload: {} },
    { seq: '2', type: 'org.contact-policy-changed', payload: { contactPolicy: 'lineage' } },
  ])
})

test('people below admin may not change the contact policy, and it stays', async () => {
  const owner = await makeOrg(testDb.db)
  for (const role of ['manager', 'member', 'viewer'] as const) {
    const person = await makeMember(owner, role)
    const change = callerOf(person).setContactPolicy({ orgId: owner.orgId, contactPolicy: 'lineage' })
    await expect(change).rejects.toMatchObject({ code: 'FORBIDDEN', cause: expect.any(AppError) })
  }
  expect(await callerOf(owner).get({ orgId: owner.orgId })).toMatchObject({ contactPolicy: 'direct' })
})

test('an admin switches the rehearsal; the switch is told once', async () => {
  const owner = await makeOrg(testDb.db)
  const { orgId } = owner
  await expect(
    callerOf(await makeMember(owner, 'manager')).setRehearsal({ orgId, isRehearsal: false }),
  ).rejects.toThrow()
  await callerOf(owner).setRehearsal({ orgId, isRehearsal: false })
  await callerOf(owner).setRehearsal({ orgId, isRehearsal: false })
  expect(await callerOf(owner).get({ orgId })).toMatchObject({ isRehearsal: false })
  const told = await readRows(testDb.db, orgId, sql`select type from events where type = 'org.rehearsal-switched'`)
  expect(told).toHaveLength(1)
})

test('nobody who is not signed in gets anything', async () => {
  const owner = await makeOrg(testDb.db)
  const stranger = createCaller(orgs)({ db: testDb.db, user: null })
  await expect(stranger.list()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  await expect(stranger.get({ orgId: owner.orgId })).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  const outsider = createCaller(orgs)({ db: testDb.db, user: { id: UserId.parse('someone'), name: 'Someone' } })
  expect(await outsider.list()).toEqual([])
})
