import { afterAll, beforeAll, expect, test } from 'vitest'
import { maxRuns } from '#shared/runs/limits.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { makeMember, makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { deleteRun } from './delete-run.ts'
import { getRun, listRuns } from './read-runs.ts'
import { shareRun } from './share-run.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

const program = { language: 'python' as const, code: '# Tides\nprint(1)\n', files: { 'a.txt': 'A' }, stdin: 'in' }
const record = { backend: 'frame-worker', outcome: 'completed', detail: '', durationMs: 3, output: '1\n' }

test('a shared run is read by everybody in the org as it was, and by nobody else', async () => {
  const owner = await makeOrg(testDb.db)
  const member = await makeMember(owner, 'member', 'Mo Member')
  const viewer = await makeMember(owner, 'viewer', 'Vi Viewer')
  const id = await shareRun(member, { ...program, record })
  expect(await getRun(viewer, id)).toMatchObject({ ...program, record, sharedBy: 'Mo Member' })
  expect(await listRuns(viewer, 10)).toMatchObject([{ id, title: 'Tides', outcome: 'completed' }])
  await expect(shareRun(viewer, { ...program, record: null })).rejects.toMatchObject({ code: 'forbidden' })
  const stranger = await makeOrg(testDb.db)
  await expect(getRun(stranger, id)).rejects.toMatchObject({ code: 'not-found' })
})

test('whoever shared a run deletes it, and of others only those who may', async () => {
  const owner = await makeOrg(testDb.db)
  const one = await makeMember(owner, 'member', 'One')
  const other = await makeMember(owner, 'member', 'Other')
  const [own, theirs] = [await shareRun(one, { ...program, record }), await shareRun(one, { ...program, record })]
  await expect(deleteRun(other, own)).rejects.toMatchObject({ code: 'forbidden' })
  await deleteRun(one, own)
  await deleteRun(owner, theirs)
  expect(await listRuns(owner, 10)).toEqual([])
})

test('the oldest make way for new ones', async () => {
  const owner = await makeOrg(testDb.db)
  const oldest = await shareRun(owner, { ...program, record: null })
  await inTransaction(owner, (tx) =>
    tx.rows(sql`
      insert into shared_runs (org_id, id, language, code, files, stdin, shared_by, shared_by_name)
      select ${tx.orgId}, gen_random_uuid(), 'python', '', '{}', '', '{}', 'Many' from generate_series(1, ${maxRuns})`),
  )
  await shareRun(owner, { ...program, record: null })
  await expect(getRun(owner, oldest)).rejects.toMatchObject({ code: 'not-found' })
  const kept = await inSnapshot(owner.db, owner.orgId, (reader) =>
    reader.row<{ count: number }>(sql`select count(*)::int as count from shared_runs where org_id = ${reader.orgId}`),
  )
  expect(kept?.count).toBe(maxRuns)
})
