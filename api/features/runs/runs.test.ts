import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunId } from '#shared/kernel/ids.ts'
import { maxOwnRuns, maxSharedRuns } from '#shared/runs/limits.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { makeMember, makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { deleteRun } from './delete-run.ts'
import { getRun, listRuns } from './read-runs.ts'
import { recordRun } from './record-run.ts'
import { shareRun } from './share-run.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

const program = {
  ...{ language: 'python' as const, code: '# Tides\nprint(1)\n', path: 'tides/report.py', stdin: 'in' },
  files: { 'a.txt': 'A' },
}
const record = {
  ...{ backend: 'frame-worker', outcome: 'completed', detail: '', durationMs: 3, leftOut: 0 },
  output: [{ stream: 'stdout' as const, text: '1\n' }],
  limits: { timeMs: 10_000 },
}
const run = { ...program, origin: null, record }
const ref = (runId: RunId) => ({ kind: 'person' as const, runId })

async function share(context: OrgContext): Promise<RunId> {
  const id = await recordRun(context, run)
  await shareRun(context, id)
  return id
}

test('what a person runs is theirs alone until they share it', async () => {
  const owner = await makeOrg(testDb.db)
  const member = await makeMember(owner, 'member', 'Mo Member')
  const id = await recordRun(member, run)
  expect(await getRun(member, ref(id))).toMatchObject({ ...run, by: 'Mo Member', isOwn: true, isShared: false })
  await expect(getRun(owner, ref(id))).rejects.toMatchObject({ code: 'not-found' })
  await expect(deleteRun(owner, id)).rejects.toMatchObject({ code: 'not-found' })
  expect(await listRuns(owner, { of: 'all', limit: 10 })).toEqual([])
  await expect(shareRun(owner, id)).rejects.toMatchObject({ code: 'not-found' })
})

test('a shared run is read by everybody in the org as it was, and by nobody else', async () => {
  const owner = await makeOrg(testDb.db)
  const member = await makeMember(owner, 'member', 'Mo Member')
  const viewer = await makeMember(owner, 'viewer', 'Vi Viewer')
  const id = await share(member)
  expect(await getRun(viewer, ref(id))).toMatchObject({ ...run, by: 'Mo Member', isOwn: false, isShared: true })
  expect(await listRuns(viewer, { of: 'shared', limit: 10 })).toMatchObject([
    { ref: ref(id), title: 'tides/report.py', outcome: 'completed', backend: 'frame-worker', durationMs: 3 },
  ])
  expect(await listRuns(viewer, { of: 'own', limit: 10 })).toEqual([])
  await expect(recordRun(viewer, run)).rejects.toMatchObject({ code: 'forbidden' })
  const stranger = await makeOrg(testDb.db)
  await expect(getRun(stranger, ref(id))).rejects.toMatchObject({ code: 'not-found' })
})

test('whoever made a run deletes it, and shared ones of others only those who may', async () => {
  const owner = await makeOrg(testDb.db)
  const one = await makeMember(owner, 'member', 'One')
  const other = await makeMember(owner, 'member', 'Other')
  const [own, theirs] = [await share(one), await share(one)]
  await expect(deleteRun(other, own)).rejects.toMatchObject({ code: 'forbidden' })
  await deleteRun(one, own)
  await deleteRun(owner, theirs)
  expect(await listRuns(owner, { of: 'all', limit: 10 })).toEqual([])
})

test('the oldest make way for new ones, of each person and of what is shared apart', async () => {
  const owner = await makeOrg(testDb.db)
  const member = await makeMember(owner, 'member', 'Mo')
  const [shared, own] = [await share(owner), await recordRun(owner, run)]
  const fill = (many: number, isShared: boolean) =>
    inTransaction(owner, (tx) =>
      tx.rows(sql`
        insert into runs (org_id, id, language, code, files, stdin, run_by, run_by_name, shared_at)
        select ${tx.orgId}, gen_random_uuid(), 'python', '', '{}', '',
               (select run_by from runs where org_id = ${tx.orgId} and id = ${own}), 'Many',
               case when ${isShared} then now() end
          from generate_series(1, ${many})`),
    )
  await fill(maxOwnRuns, false)
  await recordRun(member, run)
  expect(await getRun(owner, ref(own))).toMatchObject({ isOwn: true })
  await recordRun(owner, run)
  await expect(getRun(owner, ref(own))).rejects.toMatchObject({ code: 'not-found' })
  expect(await getRun(owner, ref(shared))).toMatchObject({ isShared: true })
  await inTransaction(owner, (tx) =>
    tx.rows(sql`
      insert into runs (org_id, id, language, code, files, stdin, run_by, run_by_name, shared_at)
      select ${tx.orgId}, gen_random_uuid(), 'python', '', '{}', '',
             (select run_by from runs where org_id = ${tx.orgId} and id = ${shared}), 'Many', now()
        from generate_series(1, ${maxSharedRuns})`),
  )
  const theirs = await share(member)
  // Nobody makes way for what another shares, and nobody shares what is another's.
  await expect(shareRun(owner, theirs)).rejects.toMatchObject({ code: 'forbidden' })
  expect(await getRun(owner, ref(shared))).toMatchObject({ isShared: true })
  await share(owner)
  expect(await getRun(owner, ref(theirs))).toMatchObject({ isShared: true })
  await expect(getRun(owner, ref(shared))).rejects.toMatchObject({ code: 'not-found' })
  const kept = await inSnapshot(owner.db, owner.orgId, (reader) =>
    reader.row<{ count: number }>(sql`
      select count(*)::int as count from runs where org_id = ${reader.orgId} and shared_at is not null and id <> ${theirs}`),
  )
  expect(kept?.count).toBe(maxSharedRuns)
})

test('a run nobody made is not there', async () => {
  const owner = await makeOrg(testDb.db)
  const id = RunId.parse(crypto.randomUUID())
  await expect(getRun(owner, ref(id))).rejects.toMatchObject({ code: 'not-found' })
})
