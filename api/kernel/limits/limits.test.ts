import { afterAll, beforeAll, expect, test } from 'vitest'
import { OrgId } from '#shared/kernel/ids.ts'
import { delegate } from '../../features/delegations/delegate.ts'
import { listLimits } from '../../features/limits/list-limits.ts'
import { createWorkspace } from '../../features/workspaces/create-workspace.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { uuidv7 } from '../uuid.ts'
import { classOf } from './endpoint-class.ts'
import { createOrgGates } from './org-gates.ts'
import { createPace } from './pace.ts'
import { agreeUpon, measureUsage } from './quota-store.ts'
import { shareCounts, spendExpensive } from './rate-store.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

test('reads, changes and what is expensive are told apart', () => {
  expect([
    classOf('workspaces.list', 'query'),
    classOf('files.save', 'mutation'),
    classOf('keys.create', 'mutation'),
  ]).toEqual(['read', 'write', 'expensive'])
})

test('a pace lets a burst through, then one after the other, and says when it is too early', () => {
  let now = 0
  const pace = createPace(() => now)
  const rate = { perSecond: 10, burst: 3 }
  const waits = Array.from({ length: 5 }, () => pace.next(rate, 150))
  expect(waits).toEqual([{ waitMs: 0 }, { waitMs: 0 }, { waitMs: 0 }, { waitMs: 100 }, { tooEarlyMs: 50 }])
  now = 10_000
  expect(pace.next(rate, 0)).toEqual({ waitMs: 0 })
})

test('a flood of one org is refused with the time to come again, and another org goes on at once', async () => {
  const gates = createOrgGates()
  const [flood, quiet] = [OrgId.parse(uuidv7()), OrgId.parse(uuidv7())]
  const work = async () => 'done'
  await gates.pass(flood, 'write', work)
  gates.setRate(flood, 'write', { perSecond: 5, burst: 1 })
  const asked = Array.from({ length: 30 }, () => gates.pass(flood, 'write', work).catch((error: unknown) => error))
  expect(await gates.pass(quiet, 'write', work)).toBe('done')
  const refused = (await Promise.all(asked)).filter((answer) => answer !== 'done')
  expect(refused.length).toBeGreaterThan(0)
  expect(refused[0]).toMatchObject({ code: 'rate-limited', data: { retryAfterSeconds: expect.any(Number) } })
})

test('the places of a gate come back also when the work fails', async () => {
  const gates = createOrgGates()
  const orgId = OrgId.parse(uuidv7())
  for (let round = 0; round < 20; round++) {
    const failing = gates.pass(orgId, 'read', () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
  }
  expect(await gates.pass(orgId, 'read', async () => 1)).toBe(1)
  expect(gates.counted()).toEqual([{ orgId, kind: 'read', count: 21 }])
  expect(gates.counted()).toEqual([])
})

test('forty expensive requests at once, then one every two seconds, of all nodes together', async () => {
  const org = await makeOrg(testDb.db)
  const asked = await Promise.allSettled(Array.from({ length: 44 }, () => spendExpensive(org)))
  const refused = asked.filter((one) => one.status === 'rejected')
  expect(refused).toHaveLength(4)
  expect(refused[0]?.reason).toMatchObject({ code: 'rate-limited', data: { retryAfterSeconds: expect.any(Number) } })
  await spendExpensive(await makeOrg(testDb.db))
})

test('nodes hear what they let through together, and what was agreed upon', async () => {
  const { orgId } = await makeOrg(testDb.db)
  await agreeUpon(testDb.db, orgId, 'readsPerSecond', 40)
  const counted = (count: number) => [{ orgId, kind: 'read' as const, count }]
  await shareCounts(testDb.db, uuidv7(), counted(30))
  expect(await shareCounts(testDb.db, uuidv7(), counted(10))).toEqual([
    { orgId, kind: 'read', total: 40, perSecond: 40 },
  ])
})

test('an org that holds as many workspaces as it may makes no more, and is told so', async () => {
  const org = await makeOrg(testDb.db)
  await makeWorkspaces(org, { Lead: { One: {} } })
  await agreeUpon(testDb.db, org.orgId, 'workspaces', 2)
  const more = createWorkspace(org, { orgId: org.orgId, parentId: null, position: null, name: 'Three', role: 'Works.' })
  await expect(more).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringContaining('at most 2 workspaces'),
  })
  await agreeUpon(testDb.db, org.orgId, 'workspaces', null)
  const made = await createWorkspace(org, {
    orgId: org.orgId,
    parentId: null,
    position: null,
    name: 'Three',
    role: 'Works.',
  })
  expect(made.name).toBe('Three')
})

test('what an org stores is measured; over what it may, no new work begins', async () => {
  const org = await makeOrg(testDb.db)
  const { Lead: workspaceId } = await makeWorkspaces(org, { Lead: {} })
  if (!workspaceId) throw new Error('no workspace was made')
  await testDb.asAdmin(`insert into drafts (org_id, file_id, root, base, bytes)
    select org_id, id, head, head, 70000 from files where org_id = '${org.orgId}' limit 1`)
  await measureUsage(testDb.db)
  const limits = await listLimits(org)
  expect(limits.find(({ name }) => name === 'storageBytes')).toMatchObject({
    isAgreed: false,
    used: expect.any(Number),
  })
  // What is typed and not saved counts too.
  expect(limits.find(({ name }) => name === 'storageBytes')?.used).toBeGreaterThan(70_000)
  expect(limits.find(({ name }) => name === 'workspaces')).toMatchObject({ used: 1, allowed: 5_000 })
  await agreeUpon(testDb.db, org.orgId, 'storageBytes', 1)
  const given = delegate(org, { workspaceId, task: 'Say hello' })
  await expect(given).rejects.toMatchObject({ code: 'too-large', fix: expect.stringContaining('Delete') })
})

test('nobody reaches what was agreed upon from within an org', async () => {
  const org = await makeOrg(testDb.db)
  await agreeUpon(testDb.db, org.orgId, 'running', 3)
  const other = await makeOrg(testDb.db)
  expect((await listLimits(other)).find(({ name }) => name === 'running')).toMatchObject({ allowed: 1_000 })
  const client = await testDb.db.pool.connect()
  try {
    await expect(client.query('update org_limits set running = 1000')).rejects.toMatchObject({ code: '42501' })
  } finally {
    client.release()
  }
})
