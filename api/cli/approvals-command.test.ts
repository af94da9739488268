import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setRule } from '../features/approvals/rules.ts'
import { delegate } from '../features/delegations/index.ts'
import { listOrgsOf } from '../features/orgs/index.ts'
import { makeTemplateFolder } from '../features/templates/template-folder.fixture.ts'
import { loadChart } from '../features/workspaces/index.ts'
import { withSetting } from '../kernel/database-url.ts'
import { inSnapshot } from '../kernel/db.ts'
import { ensureOwner } from '../kernel/identity/owner.ts'
import { openPool } from '../kernel/pool.ts'
import { personInOrg } from '../kernel/trpc.ts'
import { untilState } from '../testing/engine.ts'
import { openTestDb, type TestDb } from '../testing/test-db.ts'
import { startWorker } from '../worker.ts'

let testDb: TestDb
let dir: string
beforeAll(async () => {
  testDb = await openTestDb()
  dir = mkdtempSync(join(tmpdir(), 'delegraph-cli-'))
})
afterAll(async () => {
  await testDb.close()
  rmSync(dir, { recursive: true })
})

test('what waits is listed, approved and denied in the terminal; a second answer says what became of it', {
  timeout: 60_000,
}, async () => {
  const template = makeTemplateFolder({
    'org.yaml': 'name: Shop\nworkspaces: [{ name: Lead, children: [{ name: Ann }] }]\n',
  })
  expect((await delegraph('import', template.dir)).status).toBe(0)
  template.remove()
  expect((await delegraph('approvals')).out).toBe('Nothing waits for approval.\n')

  const org = await shop()
  const { workspaces } = await inSnapshot(testDb.db, org.orgId, loadChart)
  const lead = workspaces.find(({ name }) => name === 'Lead')
  if (!lead) throw new Error('no Lead')
  await setRule(org, { tool: 'delegate_task', workspaceId: null, maxTier: null, minCost: null, expiresSeconds: 5_400 })
  const worker = startWorker({ db: testDb.db })
  const first = await delegate(org, { workspaceId: lead.id, task: 'Share it\nout' })
  await untilState(org, first.delegationId, ['waiting'])

  const listed = await delegraph('approvals', '--org', 'Shop')
  expect(listed.out).toContain('Lead wants to use delegate_task (1 h left)\n  Task: Share it out\n')
  const waits = JSON.parse((await delegraph('approvals', '--json')).out)
  expect(waits).toMatchObject({ orgId: org.orgId, pending: 1, approvals: [{ tool: 'delegate_task' }] })
  const { id } = waits.approvals[0]
  expect(await delegraph('approve', id, '--reason', 'Go on')).toMatchObject({
    status: 0,
    out: 'Approved: it goes on.\n',
  })
  expect((await untilState(org, first.delegationId)).state).toBe('completed')
  expect(await delegraph('deny', id)).toMatchObject({ status: 1, error: expect.stringContaining('is over: approved') })

  const second = await delegate(org, { workspaceId: lead.id, task: 'Again' })
  await untilState(org, second.delegationId, ['waiting'])
  const again = JSON.parse((await delegraph('approvals', '--json')).out).approvals[0]
  const denied = await delegraph('deny', again.id, '--reason', 'Too dear.', '--json')
  expect(JSON.parse(denied.out)).toMatchObject({ approvalId: again.id, decision: 'denied', reason: 'Too dear.' })
  expect((await untilState(org, second.delegationId)).answer).toContain('Too dear.')
  await worker.stop()

  expect(await delegraph('approve', 'all')).toMatchObject({ status: 1, error: expect.stringContaining('is no id') })
  const unknown = '01890000-0000-7000-8000-000000000001'
  expect(await delegraph('approve', unknown)).toMatchObject({
    status: 1,
    error: expect.stringContaining('There is no approval'),
  })
})

async function shop() {
  const auth = openPool({ connectionString: withSetting(testDb.authUrl, 'search_path', 'auth'), max: 1 })
  const owner = await ensureOwner(auth)
  await auth.end()
  const [org] = await listOrgsOf(testDb.db, owner.id)
  if (!org) throw new Error('no org')
  return await personInOrg(testDb.db, org.id, owner)
}

async function delegraph(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: testDb.adminUrl, DELEGRAPH_DATA_DIR: dir }
  const program = join(import.meta.dirname, 'main.ts')
  const ran = spawn(process.execPath, [program, ...args, '--data-dir', join(dir, 'data')], { env })
  const [out, error] = await Promise.all([text(ran.stdout), text(ran.stderr), once(ran, 'close')])
  return { status: ran.exitCode, out, error }
}
