import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { delegate } from '../delegations/index.ts'
import { listActivity } from './list-activity.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

async function makeTeam() {
  const context = await makeOrg(testDb.db)
  const ids = await makeWorkspaces(context, { Lead: { Writer: {} } })
  if (!ids.Lead || !ids.Writer) throw new Error('the team was not made')
  return { context, lead: ids.Lead, writer: ids.Writer, orgId: context.orgId }
}

test('tells what happened to one workspace, newest first, page by page', async () => {
  const { context, orgId, lead, writer } = await makeTeam()
  for (const task of ['one', 'two', 'three']) {
    await delegate(context, { workspaceId: writer, task })
  }
  const all = await listActivity(context, { orgId, workspaceId: writer, limit: 50 })
  expect(all.events.map((event) => event.type)).toEqual([
    'delegation.queued',
    'delegation.queued',
    'delegation.queued',
    'workspace.created',
  ])
  expect(all.next).toBeNull()

  const first = await listActivity(context, { orgId, workspaceId: writer, limit: 3 })
  const second = await listActivity(context, { orgId, workspaceId: writer, limit: 3, cursor: first.next ?? 0 })
  expect([...first.events, ...second.events]).toEqual(all.events)

  const leads = await listActivity(context, { orgId, workspaceId: lead, limit: 50 })
  expect(leads.events.map((event) => event.type)).toEqual(['workspace.created'])
})

test('a workspace of another org is not there', async () => {
  const { context, orgId } = await makeTeam()
  const other = await makeTeam()
  const asked = listActivity(context, { orgId, workspaceId: other.writer, limit: 50 })
  await expect(asked).rejects.toMatchObject({ code: 'not-found' })
})
