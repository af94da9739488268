import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLog } from '../testing/engine.ts'
import { makeMember, makeOrg } from '../testing/factories.ts'
import { openTestDb, type TestDb } from '../testing/test-db.ts'
import { tellRefusal } from './refusals.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

test('a refusal is told at once, and a flood of them once a minute with its number', async () => {
  const org = await makeOrg(testDb.db)
  const viewer = await makeMember(org, 'viewer')
  const start = Date.now()
  for (let tried = 0; tried < 100; tried++) await tellRefusal(viewer, 'files.save', start + tried)
  await tellRefusal(viewer, 'files.save', start + 61_000)
  const told = (await readLog(org)).filter((event) => event.type === 'access.refused')
  expect(told.map((event) => event.payload)).toEqual([
    { call: 'files.save', times: 1 },
    { call: 'files.save', times: 100 },
  ])
})

test('many who try many things fill the log of one org with no more than thirty a minute', async () => {
  const org = await makeOrg(testDb.db)
  const viewer = await makeMember(org, 'viewer')
  for (let call = 0; call < 50; call++) await tellRefusal(viewer, `call.${call}`)
  const told = (await readLog(org)).filter((event) => event.type === 'access.refused')
  expect(told).toHaveLength(30)
})
