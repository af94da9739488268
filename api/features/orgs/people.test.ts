import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { InvitationId, UserId } from '#shared/kernel/ids.ts'
import type { Role } from '#shared/orgs/contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { createCaller } from '../../kernel/trpc.ts'
import { makeMember, makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { acceptInvitation, requireInvitation } from './accept-invitation.ts'
import { changeRole, leaveOrg, removeMember, transferOrg } from './change-role.ts'
import { invitePerson, resendInvitation, revokeInvitation } from './invite.ts'
import { peopleRouter } from './people-router.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

const userOf = ({ actor }: OrgContext) => {
  if (actor.kind !== 'person') throw new Error('a person was expected')
  return { id: actor.userId, name: actor.name }
}
const callerOf = (context: OrgContext) => createCaller(peopleRouter)({ db: context.db, user: userOf(context) })
const listOf = (context: OrgContext) => callerOf(context).list({ orgId: context.orgId })
const typesOf = async ({ db, orgId }: OrgContext) =>
  (await readRows<{ type: string }>(db, orgId, sql`select type from events order by seq`)).map(({ type }) => type)

async function makeAccount(email: string, name = 'Ines Invited') {
  const id = UserId.parse(randomUUID())
  await testDb.asAdmin(`
    insert into auth."user" ("id", "name", "email", "emailVerified", "updatedAt")
    values ('${id}', '${name}', '${email}', true, now())`)
  return { id, name }
}

async function inviteTo(context: OrgContext, email: string, role: Role = 'member') {
  const { invitation, token } = await invitePerson(context, { email, role })
  if (token === null) throw new Error('no mail is sent here')
  return { invitation, token }
}

test('who is invited joins with that role, once; the link and its hash are in no list', async () => {
  const owner = await makeOrg(testDb.db)
  const email = `${randomUUID()}@example.com`
  const ines = await makeAccount(email)
  const { token } = await inviteTo(owner, email, 'manager')
  const listed = await listOf(owner)
  expect(listed.invitations).toMatchObject([{ email, role: 'manager', invitedBy: 'Olga Owner', isExpired: false }])
  expect(JSON.stringify(listed)).not.toContain(token.slice(4))

  expect(await acceptInvitation(testDb.db, token, { user: ines })).toEqual({ orgId: owner.orgId })
  await expect(acceptInvitation(testDb.db, token, { user: ines })).rejects.toMatchObject({ code: 'not-found' })
  const after = await listOf(owner)
  expect(after.invitations).toEqual([])
  expect(after.members.map(({ name, role, isYou }) => ({ name, role, isYou }))).toEqual([
    { name: 'A person without an account', role: 'owner', isYou: true },
    { name: 'Ines Invited', role: 'manager', isYou: false },
  ])
  expect(await typesOf(owner)).toEqual(['org.created', 'member.invited', 'member.joined'])
  const kept = await testDb.asAdmin(`select payload::text from events`)
  expect(JSON.stringify(kept)).not.toContain(email)
})

test('an invitation is for its address: anybody else is told so, and it stays open', async () => {
  const owner = await makeOrg(testDb.db)
  const email = `${randomUUID()}@example.com`
  const { token } = await inviteTo(owner, email.toUpperCase().toLowerCase())
  const other = await makeAccount(`${randomUUID()}@example.com`)
  await expect(acceptInvitation(testDb.db, token, { user: other })).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining(`is for ${email}`),
  })
  expect(await requireInvitation(testDb.db, token)).toMatchObject({ email })
})

test('revoked, renewed, expired and invented links all get the same words', async () => {
  const owner = await makeOrg(testDb.db)
  const say = (token: string) =>
    requireInvitation(testDb.db, token).then(
      () => 'opens',
      (error: Error) => error.message,
    )
  const revoked = await inviteTo(owner, `${randomUUID()}@example.com`)
  await revokeInvitation(owner, revoked.invitation.id)
  const renewed = await inviteTo(owner, `${randomUUID()}@example.com`)
  const { token: next } = await resendInvitation(owner, renewed.invitation.id)
  const expired = await inviteTo(owner, `${randomUUID()}@example.com`)
  await testDb.asAdmin(`update invitations set expires_at = now() where id = '${expired.invitation.id}'`)
  const words = await Promise.all(
    [revoked.token, renewed.token, expired.token, `dgi_${'A'.repeat(43)}`, 'nonsense'].map(say),
  )
  expect(new Set(words)).toEqual(new Set(['This invitation does not hold any more.']))
  expect(await say(next ?? '')).toBe('opens')
})

test('nobody invites above their own role, below admin nobody invites, and nobody twice', async () => {
  const owner = await makeOrg(testDb.db)
  const admin = await makeMember(owner, 'admin')
  const email = `${randomUUID()}@example.com`
  await expect(invitePerson(admin, { email, role: 'owner' })).rejects.toMatchObject({
    code: 'forbidden',
    field: 'role',
  })
  for (const role of ['manager', 'member', 'viewer'] as const) {
    const person = await makeMember(owner, role)
    await expect(invitePerson(person, { email, role: 'viewer' })).rejects.toMatchObject({ code: 'forbidden' })
    expect((await listOf(person)).invitations).toEqual([])
  }
  await inviteTo(admin, email)
  await expect(inviteTo(owner, email)).rejects.toMatchObject({ code: 'conflict', field: 'email' })
  const stranger = await makeOrg(testDb.db)
  const [open] = (await listOf(owner)).invitations
  await expect(revokeInvitation(stranger, open?.id ?? InvitationId.parse(randomUUID()))).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('who was demoted or removed gives nothing any more: their invitations end with it', async () => {
  const owner = await makeOrg(testDb.db)
  const admin = await makeMember(owner, 'admin')
  const email = `${randomUUID()}@example.com`
  const { token } = await inviteTo(admin, email)
  await changeRole(owner, { userId: userOf(admin).id, role: 'member' })
  await expect(requireInvitation(testDb.db, token)).rejects.toMatchObject({ code: 'not-found' })
  expect((await listOf(owner)).invitations).toEqual([])
})

test('an admin cannot touch an owner, and nobody raises themselves', async () => {
  const owner = await makeOrg(testDb.db)
  const admin = await makeMember(owner, 'admin')
  const [ownerId, adminId] = [userOf(owner).id, userOf(admin).id]
  await expect(changeRole(admin, { userId: ownerId, role: 'member' })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(removeMember(admin, ownerId)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(changeRole(admin, { userId: adminId, role: 'owner' })).rejects.toMatchObject({ code: 'forbidden' })
  const member = await makeMember(owner, 'member')
  await expect(changeRole(admin, { userId: userOf(member).id, role: 'owner' })).rejects.toMatchObject({
    code: 'forbidden',
  })
  await changeRole(admin, { userId: userOf(member).id, role: 'admin' })
  await expect(changeRole(member, { userId: adminId, role: 'viewer' })).rejects.toMatchObject({ code: 'forbidden' })
})

test('the role counts that one has when it is done, not the one the request came with', async () => {
  const owner = await makeOrg(testDb.db)
  const admin = await makeMember(owner, 'admin')
  const member = await makeMember(owner, 'member')
  await changeRole(owner, { userId: userOf(admin).id, role: 'member' })
  await expect(removeMember(admin, userOf(member).id)).rejects.toMatchObject({ code: 'forbidden' })
})

test('an org keeps an owner, also when its two owners leave at the same moment', async () => {
  const first = await makeOrg(testDb.db)
  await expect(leaveOrg(first)).rejects.toMatchObject({ code: 'conflict' })
  await expect(changeRole(first, { userId: userOf(first).id, role: 'admin' })).rejects.toMatchObject({
    code: 'conflict',
  })
  const second = await makeMember(first, 'owner')
  const left = await Promise.allSettled([leaveOrg(first), leaveOrg(second)])
  expect(left.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const owners = await testDb.asAdmin(`select role from members where org_id = '${first.orgId}' and role = 'owner'`)
  expect(owners).toHaveLength(1)
})

test('an owner hands the org over and is an admin then', async () => {
  const owner = await makeOrg(testDb.db)
  const member = await makeMember(owner, 'member')
  await transferOrg(owner, userOf(member).id)
  const { members } = await listOf(member)
  expect(members.map(({ role, isYou }) => [role, isYou])).toEqual([
    ['owner', true],
    ['admin', false],
  ])
  await expect(transferOrg(owner, userOf(member).id)).rejects.toMatchObject({ code: 'forbidden' })
})

test('who was removed is out at once and for good: their keys too; their name stays for the log', async () => {
  const owner = await makeOrg(testDb.db)
  const email = `${randomUUID()}@example.com`
  const ines = await makeAccount(email)
  await acceptInvitation(testDb.db, (await inviteTo(owner, email)).token, { user: ines })
  await testDb.asAdmin(`
    insert into api_keys (org_id, id, name, user_id, role, shown, token_hash, created_by, created_by_name)
    values ('${owner.orgId}', gen_random_uuid(), 'CI', '${ines.id}', 'member', 'dgk_x', sha256('x'), '${ines.id}', 'Ines')`)
  await removeMember(owner, ines.id)
  const theirs = createCaller(peopleRouter)({ db: testDb.db, user: ines })
  await expect(theirs.list({ orgId: owner.orgId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect((await listOf(owner)).former).toEqual([{ userId: ines.id, name: 'Ines Invited' }])
  const again = await inviteTo(owner, email)
  await acceptInvitation(testDb.db, again.token, { user: ines })
  expect((await listOf(owner)).former).toEqual([])
  const keys = await testDb.asAdmin(`select revoked_at from api_keys where user_id = '${ines.id}'`)
  expect(keys).toEqual([{ revoked_at: expect.any(Date) }])
})

test('addresses are for those who may invite, and for oneself', async () => {
  const owner = await makeOrg(testDb.db)
  const email = `${randomUUID()}@example.com`
  const ines = await makeAccount(email)
  await acceptInvitation(testDb.db, (await inviteTo(owner, email)).token, { user: ines })
  const viewer = await makeMember(owner, 'viewer')
  const seen = async (context: OrgContext) => (await listOf(context)).members.find(({ userId }) => userId === ines.id)
  expect((await seen(owner))?.email).toBe(email)
  expect((await seen(viewer))?.email).toBeNull()
  const own = await createCaller(peopleRouter)({ db: testDb.db, user: ines }).list({ orgId: owner.orgId })
  expect(own.members.find(({ isYou }) => isYou)?.email).toBe(email)
})
