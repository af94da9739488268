import { afterAll, beforeAll, expect, test } from 'vitest'
import { delegate } from '../features/delegations/index.ts'
import { listOrgsOf } from '../features/orgs/index.ts'
import { makeTemplateFolder } from '../features/templates/template-folder.fixture.ts'
import { loadChart } from '../features/workspaces/index.ts'
import { withSetting } from '../kernel/database-url.ts'
import { inSnapshot, inTransaction } from '../kernel/db.ts'
import { ensureOwner } from '../kernel/identity/owner.ts'
import { openPool } from '../kernel/pool.ts'
import { sql } from '../kernel/sql.ts'
import { personInOrg } from '../kernel/trpc.ts'
import { untilState } from '../testing/engine.ts'
import { openTestDb, type TestDb } from '../testing/test-db.ts'
import { startWorker } from '../worker.ts'
import { type CommandLine, openCommandLine } from './command-line.fixture.ts'

let testDb: TestDb
let cli: CommandLine
beforeAll(async () => {
  testDb = await openTestDb()
  cli = openCommandLine(testDb.adminUrl)
})
afterAll(async () => {
  await testDb.close()
  cli.close()
})

test('recorded work is logged and replayed in the terminal, one or all, and what differs ends it with 2', {
  timeout: 60_000,
}, async () => {
  const template = makeTemplateFolder({
    'org.yaml': 'name: Shop\nworkspaces: [{ name: Lead, children: [{ name: Ann }] }]\n',
  })
  expect((await cli.run(['import', template.dir])).status).toBe(0)
  template.remove()

  const org = await shop()
  const { workspaces } = await inSnapshot(testDb.db, org.orgId, loadChart)
  const lead = workspaces.find(({ name }) => name === 'Lead')
  if (!lead) throw new Error('no Lead')
  const worker = startWorker({ db: testDb.db })
  const { delegationId } = await delegate(org, { workspaceId: lead.id, task: 'Share it' })
  await untilState(org, delegationId)
  await worker.stop()

  expect((await cli.run(['replay'])).out).toBe('The same, byte for byte: all 2 delegations.\n')
  expect((await cli.run(['log', delegationId])).out).toContain('\n    Ann: ')
  expect(JSON.parse((await cli.run(['log', delegationId, '--json'])).out).total).toBe(2)
  const events = (await cli.run(['replay', delegationId, '--events'])).out.trim().split('\n')
  expect(JSON.parse(events[0] ?? '')).toEqual({ event: 'given', task: 'Share it' })

  await inTransaction(org, (tx) =>
    tx.rows(sql`update delegations set answer = 'Another' where org_id = ${tx.orgId} and id = ${delegationId}`),
  )
  const differing = await cli.run(['replay', delegationId])
  expect(differing).toMatchObject({ status: 2, out: expect.stringContaining('"answer":"Another"') })
})

async function shop() {
  const auth = openPool({ connectionString: withSetting(testDb.authUrl, 'search_path', 'auth'), max: 1 })
  const owner = await ensureOwner(auth)
  await auth.end()
  const [org] = await listOrgsOf(testDb.db, owner.id)
  if (!org) throw new Error('no org')
  return await personInOrg(testDb.db, org.id, owner)
}
