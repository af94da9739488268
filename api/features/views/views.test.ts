import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ViewId, type ViewLook } from '#shared/views/contract.ts'
import { mostViews } from '#shared/views/limits.ts'
import { makeMember, makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { deleteView, keepLastLook, listViews, readLastLook, renameView, saveView } from './keep-views.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

const look: ViewLook = {
  viewport: { x: 1.5, y: -20, zoom: 0.4 },
  collapsed: [],
  heat: 'spend',
  filter: 'status:waiting',
}
const newId = () => ViewId.parse(randomUUID())

test('a person keeps views by name, and each person has their own', async () => {
  const context = await makeOrg(testDb.db)
  const { orgId } = context
  const viewer = await makeMember(context, 'viewer')
  const [first, second] = [newId(), newId()]
  await saveView(context, { orgId, viewId: first, name: 'Mornings', look })
  await saveView(viewer, { orgId, viewId: second, name: 'Mine', look })
  await renameView(context, { orgId, viewId: first, name: 'Evenings' })
  expect(await listViews(context)).toEqual([{ id: first, name: 'Evenings', look }])
  expect(await listViews(viewer)).toEqual([{ id: second, name: 'Mine', look }])
  await expect(deleteView(viewer, { orgId, viewId: first })).rejects.toMatchObject({ code: 'not-found' })
  await expect(renameView(viewer, { orgId, viewId: first, name: 'X' })).rejects.toMatchObject({ code: 'not-found' })
})

test('a view saved again is replaced, and a deleted one comes back as itself', async () => {
  const context = await makeOrg(testDb.db)
  const view = { orgId: context.orgId, viewId: newId(), name: 'Waiting', look }
  await saveView(context, view)
  await saveView(context, { ...view, look: { ...look, heat: 'queue' } })
  expect((await listViews(context)).map((one) => one.look.heat)).toEqual(['queue'])
  await deleteView(context, view)
  expect(await listViews(context)).toEqual([])
  await saveView(context, view)
  expect(await listViews(context)).toHaveLength(1)
})

test('nobody keeps more of them than can be chosen from', async () => {
  const context = await makeOrg(testDb.db)
  const { orgId } = context
  const ids = Array.from({ length: mostViews }, newId)
  for (const viewId of ids) await saveView(context, { orgId, viewId, name: 'One of many', look })
  const [first = newId()] = ids
  await expect(saveView(context, { orgId, viewId: newId(), name: 'Too many', look })).rejects.toMatchObject({
    code: 'conflict',
  })
  await saveView(context, { orgId, viewId: first, name: 'Replaced', look })
  expect(await listViews(context)).toHaveLength(mostViews)
})

test('how a person left the graph is found by that person alone, with a stamp that changes as it changes', async () => {
  const context = await makeOrg(testDb.db)
  const viewer = await makeMember(context, 'viewer')
  const { orgId } = context
  expect(await readLastLook(context)).toBeNull()
  const left = { viewport: null, collapsed: [], heat: 'errors' as const }
  const { stamp } = await keepLastLook(context, { orgId, look: left })
  expect(await readLastLook(context)).toEqual({ look: left, stamp })
  expect(await readLastLook(viewer)).toBeNull()
  const moved = { ...left, viewport: { x: 1, y: 2, zoom: 0.5 } }
  const again = await keepLastLook(context, { orgId, look: moved })
  expect(again.stamp).not.toBe(stamp)
  expect((await readLastLook(context))?.look).toEqual(moved)
})
