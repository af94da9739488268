import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { batchWorkspaces } from './batch-workspaces.ts'
import { controlWorkspace } from './control-workspace.ts'
import { headSeq, makeTeam, toldSince } from './team.fixture.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

test('what can be done is done, and only what cannot is told, each with its reason', async () => {
  const { context, id, one } = await makeTeam(testDb.db)
  await controlWorkspace(context, { workspaceId: id('Lead'), verb: 'pause' })
  await controlWorkspace(context, { workspaceId: id('Build'), verb: 'pause' })
  const seq = await headSeq(context)
  const workspaces = ['Build', 'Lead'].map((name) => ({ workspaceId: id(name), confirmed: [] }))
  expect(await batchWorkspaces(context, { verb: 'resume', workspaces })).toEqual({
    done: [id('Lead')],
    failed: [{ workspaceId: id('Build'), message: 'The workspace above, Lead, is paused.', fix: 'Resume Lead first.' }],
  })
  expect(await toldSince(context, seq)).toEqual([['workspace.resumed', { workspaceId: id('Lead') }]])
  expect(await one('Build')).toMatchObject({ isPausedHere: true, status: 'paused' })
})

test('a team that was not confirmed stays whole while the others go', async () => {
  const { context, id, chart } = await makeTeam(testDb.db)
  const workspaces = [
    { workspaceId: id('Research'), confirmed: [id('Reader')] },
    { workspaceId: id('Build'), confirmed: [] },
  ]
  const { done, failed } = await batchWorkspaces(context, { verb: 'delete', workspaces })
  expect(done).toEqual([id('Build')])
  expect(failed).toMatchObject([
    { workspaceId: id('Research'), message: 'Deleting Research also deletes Reader and Analyst.' },
  ])
  expect(await chart()).toEqual({ Lead: null, Research: 'Lead', Reader: 'Research', Analyst: 'Research' })
})
