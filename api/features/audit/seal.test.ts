import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, readRows } from '../../kernel/db.ts'
import { readFrames } from '../../kernel/events/log.ts'
import { sql } from '../../kernel/sql.ts'
import { untilState } from '../../testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker } from '../../worker.ts'
import { delegate } from '../delegations/index.ts'
import { setRetention, shortenLogs } from './retention.ts'
import { sealLog, sealLogs } from './seal-logs.ts'
import { searchLog } from './search-log.ts'
import { getAuditState, verifyLog } from './verify-log.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

async function makeSealed(events = 12) {
  const org = await makeOrg(testDb.db)
  for (let made = 1; made < events; made++) await makeWorkspaces(org, { [`W${made}`]: {} })
  await sealLogs(testDb.db)
  return org
}

const problemsOf = async (org: Awaited<ReturnType<typeof makeOrg>>) => (await verifyLog(org)).problems

test('a log is chained as it grows, and verifies', async () => {
  const org = await makeSealed(5)
  const first = await verifyLog(org)
  expect(first).toMatchObject({ isWhole: true, events: 5, firstSeq: 1, unsealed: 0, sealed: { seq: 5 } })
  await makeWorkspaces(org, { More: {} })
  expect(await verifyLog(org)).toMatchObject({ isWhole: true, events: 5, unsealed: 1 })
  await sealLog(testDb.db, org.orgId)
  const second = await verifyLog(org, { noted: first.sealed })
  expect(second).toMatchObject({ isWhole: true, events: 6, unsealed: 0 })
  expect(second.sealed.sha256).not.toBe(first.sealed.sha256)
})

test('an event that was changed is named, whatever of it was changed', async () => {
  const org = await makeSealed()
  const of = `where org_id = '${org.orgId}' and seq =`
  await testDb.asAdmin(`update events set payload = payload || '{"name": "Someone else"}' ${of} 3`)
  await testDb.asAdmin(`update events set actor = '{"kind": "system", "id": "nobody"}' ${of} 5`)
  await testDb.asAdmin(`update events set at = at - interval '1 microsecond' ${of} 7`)
  await testDb.asAdmin(`update events set origin = '{"address": "192.0.2.1"}' ${of} 9`)
  expect((await problemsOf(org)).map((one) => one.seq)).toEqual([3, 5, 7, 9])
})

test('events taken out of the middle or off the end are named', async () => {
  const org = await makeSealed()
  await testDb.asAdmin(`delete from events where org_id = '${org.orgId}' and seq in (4, 5, 11, 12)`)
  expect(await problemsOf(org)).toEqual([
    { seq: 4, problem: 'Events 4 to 5 are missing.' },
    { seq: 11, problem: 'Events 11 to 12 are missing.' },
  ])
})

test('one that is taken out before it was sealed is missed too', async () => {
  const org = await makeSealed(3)
  await makeWorkspaces(org, { A: {} })
  await makeWorkspaces(org, { B: {} })
  await testDb.asAdmin(`delete from events where org_id = '${org.orgId}' and seq = 4`)
  await sealLog(testDb.db, org.orgId)
  expect(await problemsOf(org)).toContainEqual({ seq: 4, problem: 'Event 4 is missing.' })
})

test('a log that was cut together with its checkpoints does not fit what was noted', async () => {
  const org = await makeSealed(4)
  await makeWorkspaces(org, { Later: {} })
  await sealLog(testDb.db, org.orgId)
  const noted = (await verifyLog(org)).sealed
  await testDb.asAdmin(`
    delete from events where org_id = '${org.orgId}' and seq = 5;
    delete from audit_seals where org_id = '${org.orgId}' and last_seq = 5;
    update audit_logs set sealed_seq = 4, sealed_hash = (select substring(hashes from length(hashes) - 31)
      from audit_seals where org_id = '${org.orgId}') where org_id = '${org.orgId}';
    update org_sequences set seq = 4 where org_id = '${org.orgId}'`)
  expect(await problemsOf(org)).toEqual([])
  const verdict = await verifyLog(org, { noted })
  expect(verdict.problems).toEqual([{ seq: 5, problem: 'Event 5, which was noted, is not in the chain.' }])
})

test('the app can neither change events nor the chain', async () => {
  const org = await makeSealed(2)
  const forbidden = [
    sql`update events set payload = '{}'`,
    sql`delete from events`,
    sql`update audit_seals set hashes = before`,
    sql`delete from audit_seals`,
    sql`update audit_logs set sealed_seq = 0`,
    sql`insert into audit_calls (org_id, seq, tool, args_sha256) values (${org.orgId}, 1, 'x', '')`,
  ]
  for (const statement of forbidden) {
    await expect(inTransaction(org, (tx) => tx.rows(statement))).rejects.toMatchObject({ code: '42501' })
  }
})

test('what came of a tool call is sealed with its event', async () => {
  const org = await makeOrg(testDb.db)
  const { Lead: lead } = await makeWorkspaces(org, { Lead: { Writer: {} } })
  if (!lead) throw new Error('the team was not made')
  const worker = startWorker({ db: testDb.db })
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Write about tides' })
  await untilState(org, delegationId)
  await worker.stop()
  await sealLog(testDb.db, org.orgId)
  const { entries } = await searchLog(org, { orgId: org.orgId, limit: 100, about: 'step' })
  const [call] = entries
  const [step] = await readRows<{ hash: string }>(
    testDb.db,
    org.orgId,
    sql`select encode(sha256(convert_to(output ->> 'text', 'UTF8')), 'hex') as hash from steps
         where kind in ('tool', 'message') and name = 'delegate_task'`,
  )
  expect(call?.call).toMatchObject({ tool: 'delegate_task', resultSha256: step?.hash })
  await testDb.asAdmin(
    `update audit_calls set result_sha256 = '\\x00' where org_id = '${org.orgId}' and seq = ${call?.event.seq}`,
  )
  expect(await problemsOf(org)).toEqual([
    { seq: call?.event.seq, problem: `Event ${call?.event.seq} was changed: its hash does not fit.` },
  ])
})

test('by policy old events go, up to a checkpoint; the log tells it and what is left verifies', async () => {
  const org = await makeSealed(6)
  await testDb.asAdmin(`
    set session_replication_role = replica;
    delete from audit_seals where org_id = '${org.orgId}'; delete from audit_logs where org_id = '${org.orgId}';
    update events set at = at - interval '40 days' where org_id = '${org.orgId}'`)
  await sealLog(testDb.db, org.orgId)
  await setRetention(org, { orgId: org.orgId, keepDays: 30 })
  await sealLog(testDb.db, org.orgId)
  await shortenLogs(testDb.db)
  await sealLog(testDb.db, org.orgId)
  const kept = await readRows<{ type: string }>(
    testDb.db,
    org.orgId,
    sql`select type from events where org_id = ${org.orgId} order by seq`,
  )
  expect(kept.map((event) => event.type)).toEqual(['audit.retention-changed', 'audit.dropped'])
  expect(await verifyLog(org)).toMatchObject({ isWhole: true, events: 2, firstSeq: 7 })
  expect(await getAuditState(org)).toMatchObject({ keepDays: 30, dropped: { seq: 6 }, lastSeq: 8 })
  // Who stood before it goes on where it begins now.
  expect((await readFrames(testDb.db, org.orgId, 2)).map(({ seq }) => seq)).toEqual([7, 8])
  await shortenLogs(testDb.db)
  expect(await getAuditState(org)).toMatchObject({ dropped: { seq: 6 }, lastSeq: 8 })
  // Who drops more than the log tells is found out.
  await testDb.asAdmin(`update audit_logs set dropped_seq = 7 where org_id = '${org.orgId}'`)
  expect((await verifyLog(org)).isWhole).toBe(false)
})

test('only an owner says how long the log is kept, and only managers read it', async () => {
  const org = await makeSealed(2)
  const { orgId } = org
  await expect(setRetention(await makeMember(org, 'admin'), { orgId, keepDays: 30 })).rejects.toThrow('owner')
  await expect(verifyLog(await makeMember(org, 'member'))).rejects.toThrow('manager')
  await expect(searchLog(await makeMember(org, 'member'), { orgId, limit: 10 })).rejects.toThrow('manager')
})
