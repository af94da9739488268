import { afterAll, beforeAll, expect, test } from 'vitest'
import { delegate } from './features/delegations/index.ts'
import { delegationsRouter } from './features/delegations/router.ts'
import { projectLogs } from './features/past/project-logs.ts'
import { pastRouter } from './features/past/router.ts'
import { workspacesRouter } from './features/workspaces/router.ts'
import type { OrgContext } from './kernel/actor.ts'
import { createCaller } from './kernel/trpc.ts'
import { untilState } from './testing/engine.ts'
import { makeOrg, makeWorkspaces } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { startWorker, type Worker } from './worker.ts'

let database: TestDb
let worker: Worker
beforeAll(async () => {
  database = await openTestDb()
  worker = startWorker({ db: database.db })
})
afterAll(async () => {
  await worker.stop()
  await database.close()
})

function callers({ actor, db }: OrgContext) {
  const ctx = { db, user: actor.kind === 'person' ? { id: actor.userId, name: actor.name } : null }
  return {
    past: createCaller(pastRouter)(ctx),
    workspaces: createCaller(workspacesRouter)(ctx),
    delegations: createCaller(delegationsRouter)(ctx),
  }
}

async function team() {
  const org = await makeOrg(database.db)
  const { Lead, Writer, Other } = await makeWorkspaces(org, { Lead: { Writer: {} }, Other: {} })
  if (!Lead || !Writer || !Other) throw new Error('the team is not complete')
  return { org, orgId: org.orgId, Lead, Writer, Other, ...callers(org) }
}

test('the log tells the head of the past as the present is', async () => {
  const { org, orgId, Lead, Writer, past, workspaces, delegations } = await team()
  const slow = await delegate(org, { workspaceId: Lead, task: 'Share it out [rehearse reports: slow 60000]' })
  await untilState(org, slow.delegationId, ['waiting'])
  await workspaces.rename({ orgId, workspaceId: Writer, name: 'Author' })
  await workspaces.place({ orgId, positions: [{ workspaceId: Writer, position: { x: 7, y: 8 } }] })
  await workspaces.control({ orgId, workspaceId: Lead, verb: 'freeze' })
  const gone = await workspaces.create({ orgId, name: 'Gone' })
  await workspaces.delete({ orgId, workspaceId: gone.id })

  const [list, active] = [await workspaces.list({ orgId }), await delegations.active({ orgId })]
  const { lastSeq } = await past.range({ orgId })
  const view = await past.at({ orgId, moment: { seq: lastSeq } })
  const byId = <T extends { id: string }>(all: readonly T[]) =>
    [...all].sort((one, other) => (one.id < other.id ? -1 : 1))
  // When the log says it was made, and when the row was, may lie a moment apart.
  const timeless = <T extends object>(one: T) => ({ ...one, createdAt: '', since: '' })
  expect(byId(view.list.workspaces).map(timeless)).toEqual(byId(list.workspaces).map(timeless))
  expect(byId(view.work.delegations).map(timeless)).toEqual(byId(active.delegations).map(timeless))
  await delegations.cancel({ orgId, delegationId: slow.delegationId })
})

test('before a change the org is as it was; from a projection it is the same as from the beginning', async () => {
  const { org, orgId, Writer, Other, past, workspaces } = await team()
  const before = (await past.range({ orgId })).lastSeq
  await workspaces.rename({ orgId, workspaceId: Other, name: 'Another' })
  for (let round = 0; round < 30; round++) {
    const { delegationId } = await delegate(org, { workspaceId: Writer, task: `Write ${round}` })
    await untilState(org, delegationId)
  }
  const names = async (seq: number) => {
    const { list, work } = await past.at({ orgId, moment: { seq } })
    return { names: list.workspaces.map(({ name }) => name).sort(), alive: work.delegations.length }
  }
  expect(await names(before)).toEqual({ names: ['Lead', 'Other', 'Writer'], alive: 0 })
  expect(await names(0)).toEqual({ names: [], alive: 0 })
  const { lastSeq, buckets } = await past.range({ orgId })
  expect(buckets.reduce((sum, count) => sum + count, 0)).toBe(lastSeq)
  const direct = await past.at({ orgId, moment: { seq: lastSeq } })
  await projectLogs(database.db, 100)
  expect(await past.at({ orgId, moment: { seq: lastSeq } })).toEqual(direct)
  const events = await past.events({ orgId, afterSeq: before, limit: 1 })
  expect(events).toMatchObject([{ seq: before + 1, type: 'workspace.renamed' }])
})

test('another org sees nothing of it', async () => {
  const { orgId } = await team()
  const { past } = callers(await makeOrg(database.db))
  await expect(past.at({ orgId, moment: { seq: 5 } })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(past.range({ orgId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
