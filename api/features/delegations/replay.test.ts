import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { UserId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction, readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { seedDemo, startOpening } from '../../seed.ts'
import { giveScript, untilState } from '../../testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { cancelDelegation } from './cancel-delegation.ts'
import { continueDelegation } from './continue-delegation.ts'
import { delegate } from './delegate.ts'
import { replayAll, replayDelegation } from './replay-delegation.ts'

let testDb: TestDb
let worker: Worker
beforeAll(async () => {
  testDb = await openTestDb()
  worker = startWorker({ db: testDb.db })
})
afterAll(async () => {
  await worker.stop()
  await testDb.close()
})

test('every delegation of the demo organisation is replayed to the same bytes, without a model call', async () => {
  const owner = { id: UserId.parse(randomUUID()), name: 'Olga Owner' }
  const org = await seedDemo(testDb.db, owner)
  if (!org) throw new Error('no org was made')
  await hurry(org)
  await startOpening(testDb.db, org.orgId, owner)
  const [opening] = await delegationsOf(org)
  if (!opening) throw new Error('nothing was opened')
  await untilState(org, opening, undefined, 30_000)
  const all = await delegationsOf(org)
  expect(all.length).toBeGreaterThan(3)
  for (const id of all) await expectReplayed(org, id)
})

test('failed, cancelled, waiting and continued work is replayed like any other', async () => {
  const org = await makeOrg(testDb.db)
  const ids = await makeWorkspaces(org, { Lead: { A: {}, B: {} }, Solo: {} }, { Solo: { max_steps: 4 } })
  const give = async (to: string, task: string) => {
    const workspaceId = ids[to]
    if (!workspaceId) throw new Error(`no ${to}`)
    return (await delegate(org, { workspaceId, task })).delegationId
  }
  const partly = await give('Lead', 'Look it up [rehearse reports: fail The library is closed]')
  await untilState(org, partly)
  const failed = await give('Solo', 'Try [rehearse: fail 401 invalid key]')
  await untilState(org, failed)
  const looping = await give('Solo', 'Spin [rehearse: loop]')
  await untilState(org, looping, ['waiting'])
  await expectReplayed(org, looping)
  await continueDelegation(org, looping).catch(() => undefined)
  const long = await give('Lead', 'Take long [rehearse reports: slow 60000]')
  await untilState(org, long, ['waiting'])
  await expectReplayed(org, long)
  await cancelDelegation(org, long)
  await cancelDelegation(org, looping)
  await untilState(org, long)
  await untilState(org, looping)
  const all = await delegationsOf(org)
  for (const id of all) await expectReplayed(org, id)
  expect(await replayAll(org)).toEqual({ replayed: all.length, differing: [] })
})

test('a record that was changed by hand is told with the step and both sides', async () => {
  const org = await makeOrg(testDb.db)
  const { Lead } = await makeWorkspaces(org, { Lead: { A: {} } })
  if (!Lead) throw new Error('no Lead')
  await giveScript(org, [{ workspace: 'A', when: { always: true }, turns: [{ answer: 'Done by A' }] }])
  const { delegationId } = await delegate(org, { workspaceId: Lead, task: 'Share it' })
  await untilState(org, delegationId)
  await inTransaction(org, (tx) =>
    tx.rows(sql`update steps set input = jsonb_set(input, '{args}', '"{}"')
                 where org_id = ${tx.orgId} and delegation_id = ${delegationId} and kind = 'tool'`),
  )
  const report = await replayDelegation(org, delegationId)
  expect(report).toMatchObject({ equal: false, mismatch: { step: 2, recorded: { input: { args: '{}' } } } })
})

test('a viewer may replay; another organisation finds nothing', async () => {
  const org = await makeOrg(testDb.db)
  const { Solo } = await makeWorkspaces(org, { Solo: {} })
  if (!Solo) throw new Error('no Solo')
  const { delegationId } = await delegate(org, { workspaceId: Solo, task: 'Think' })
  await untilState(org, delegationId)
  expect(await replayDelegation(await makeMember(org, 'viewer'), delegationId)).toMatchObject({ equal: true })
  await expect(replayDelegation(await makeOrg(testDb.db), delegationId)).rejects.toMatchObject({ code: 'not-found' })
})

async function expectReplayed(org: OrgContext, id: DelegationId): Promise<void> {
  expect(await replayDelegation(org, id)).toMatchObject({ equal: true, mismatch: null, modelCalls: 0 })
}

/** The rehearsal without its pauses. */
async function hurry(org: OrgContext): Promise<void> {
  await inTransaction(org, (tx) =>
    tx.rows(sql`update templates set rehearsal = regexp_replace(rehearsal, 'delay_ms: *[0-9]+', 'delay_ms: 0', 'g')
                 where org_id = ${tx.orgId}`),
  )
}

async function delegationsOf({ db, orgId }: OrgContext): Promise<DelegationId[]> {
  const rows = await readRows<{ id: DelegationId }>(
    db,
    orgId,
    sql`select id from delegations where org_id = ${orgId} order by created_at`,
  )
  return rows.map(({ id }) => id)
}
