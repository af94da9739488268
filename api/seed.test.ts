import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UserId } from '#shared/kernel/ids.ts'
import { importTemplate, readTemplate } from './features/templates/index.ts'
import { inTransaction, readRows } from './kernel/db.ts'
import { sql } from './kernel/sql.ts'
import { seedDemo, startOpening } from './seed.ts'
import { makeOrg } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

const person = () => ({ id: UserId.parse(randomUUID()), name: 'Olga Owner' })

test('a first run gets the demo org: one lead, five reports, a script; a second one gets nothing more', async () => {
  const owner = person()
  const context = await seedDemo(testDb.db, owner)
  if (!context) throw new Error('no org was made')
  const chart = await readRows<{ name: string; parent: string | null }>(
    testDb.db,
    context.orgId,
    sql`select w.name, p.name as parent from workspaces w
          left join workspaces p on p.org_id = w.org_id and p.id = w.parent_id order by w.created_at`,
  )
  expect(chart.map(({ name }) => name)).toEqual(['Lead', 'Researcher', 'Analyst', 'Writer', 'Engineer', 'Reviewer'])
  expect(chart.map(({ parent }) => parent)).toEqual([null, ...Array(5).fill('Lead')])
  expect(await seedDemo(testDb.db, owner)).toBeUndefined()
})

test('its opening work starts at the first sign-in, once, even when two come at a time or it was cancelled', async () => {
  const owner = person()
  const context = await seedDemo(testDb.db, owner)
  if (!context) throw new Error('no org was made')
  const { orgId } = context
  const delegations = () =>
    readRows<{ task: string; requester_name: string; state: string }>(
      testDb.db,
      orgId,
      sql`select task, requester_name, state from delegations`,
    )
  expect(await delegations()).toEqual([])
  await Promise.all([startOpening(testDb.db, orgId, owner), startOpening(testDb.db, orgId, owner)])
  expect(await delegations()).toEqual([
    { task: expect.stringContaining('launch of Relay 2'), requester_name: 'Olga Owner', state: 'queued' },
  ])
  await inTransaction(context, (tx) =>
    tx.rows(sql`update delegations set state = 'cancelled', finished_at = now() where org_id = ${orgId}`),
  )
  await startOpening(testDb.db, orgId, owner)
  expect(await delegations()).toHaveLength(1)
})

test('the opening of a template that somebody imported is never started by itself', async () => {
  const context = await makeOrg(testDb.db)
  const { actor } = context
  if (actor.kind !== 'person') throw new Error('the owner is a person')
  const template = readTemplate(join(import.meta.dirname, 'features', 'templates', 'library', 'launch-team'))
  await importTemplate(context, { template, missingKeys: 'warn' })
  await startOpening(testDb.db, context.orgId, { id: actor.userId, name: actor.name })
  expect(await readRows(testDb.db, context.orgId, sql`select 1 from delegations`)).toEqual([])
})

test('importing the demo again into the seeded org changes nothing', async () => {
  const context = await seedDemo(testDb.db, person())
  if (!context) throw new Error('no org was made')
  const template = readTemplate(join(import.meta.dirname, 'features', 'templates', 'library', 'launch-team'))
  const { workspaces } = await importTemplate(context, { template, missingKeys: 'warn' })
  expect(workspaces.every(({ action }) => action === 'keep')).toBe(true)
  const told = await readRows(testDb.db, context.orgId, sql`select 1 from events where type = 'template.imported'`)
  expect(told).toHaveLength(1)
})
