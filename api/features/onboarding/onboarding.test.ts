import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { makeMember, makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { getGuide, markGuide, showGuide } from './follow-guide.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

const withRehearsal = (context: OrgContext, rehearsal: string) =>
  inTransaction(context, (tx) =>
    tx.rows(sql`insert into templates (org_id, name, rehearsal) values (${tx.orgId}, 'Demo', ${rehearsal})`),
  )

test('is offered where the rehearsal has the scene of the last act', async () => {
  const [plain, demo] = [await makeOrg(testDb.db), await makeOrg(testDb.db)]
  await withRehearsal(plain, 'when: { includes: [launch] }')
  await withRehearsal(demo, 'when: { includes: [runaway] }')
  expect(await getGuide(plain)).toEqual({ isOffered: false, done: [], isHidden: false })
  expect(await getGuide(demo)).toEqual({ isOffered: true, done: [], isHidden: false })
})

test('each person has their own way through it, which stays, and begins anew when asked for', async () => {
  const context = await makeOrg(testDb.db)
  const { orgId } = context
  const other = await makeMember(context, 'member')
  await markGuide(context, { orgId, act: 'prompt' })
  await markGuide(context, { orgId, act: 'move' })
  await markGuide(context, { orgId, act: 'prompt' })
  await showGuide(context, { orgId, isHidden: true, isAfresh: false })
  expect(await getGuide(context)).toMatchObject({ done: ['prompt', 'move'], isHidden: true })
  expect(await getGuide(other)).toMatchObject({ done: [], isHidden: false })
  await showGuide(context, { orgId, isHidden: false, isAfresh: true })
  expect(await getGuide(context)).toMatchObject({ done: [], isHidden: false })
})
