import { afterAll, beforeAll, expect, test } from 'vitest'
import { maxCopied } from '#shared/copies/contract.ts'
import { configPath, promptPath } from '#shared/files/paths.ts'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { createCaller } from '../../kernel/trpc.ts'
import { appRouter } from '../../router.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

async function atWork() {
  const owner = await makeOrg(testDb.db)
  const ids = await makeWorkspaces(owner, { Lead: { Research: { Reader: {} }, Build: {} } })
  return { ...person(owner), owner, id: (name: string) => WorkspaceId.parse(ids[name]) }
}

function person({ db, orgId, actor }: OrgContext) {
  if (actor.kind !== 'person') throw new Error('people copy')
  const call = createCaller(appRouter)({ db, user: { id: actor.userId, name: actor.name } })
  const list = async () => (await call.workspaces.list({ orgId })).workspaces
  const chart = async () => {
    const all = await list()
    const nameOf = (id: string | null) => all.find((one) => one.id === id)?.name ?? null
    return Object.fromEntries(all.map(({ name, parentId }) => [name, nameOf(parentId)]))
  }
  const one = async (name: string) => {
    const found = (await list()).find((workspace) => workspace.name === name)
    if (!found) throw new Error(`there is no ${name}`)
    return found
  }
  const text = async (name: string, path: string) =>
    (await call.files.read({ orgId, workspaceId: (await one(name)).id, path })).text
  return { call, orgId, chart, one, text }
}

const team = { Lead: null, Research: 'Lead', Reader: 'Research', Build: 'Lead' }

test('a duplicate stands beside its original with all below it, prompts, files and config, under free names', async () => {
  const { call, orgId, id, chart, one, text } = await atWork()
  const inWorkspace = { orgId, workspaceId: id('Reader') }
  await call.files.save({ ...inWorkspace, path: 'notes.md', text: 'Tides.\n', baseVersion: 0 })
  await call.workspaces.configure({ ...inWorkspace, role: 'Reads' })
  await call.workspaces.place({ orgId, positions: [{ workspaceId: id('Research'), position: { x: 10, y: 20 } }] })
  // Chosen twice over: the team comes along with its head.
  const { made } = await call.copies.duplicate({ orgId, workspaceIds: [id('Reader'), id('Research')] })
  expect(await chart()).toEqual({ ...team, 'Research 2': 'Lead', 'Reader 2': 'Research 2' })
  expect(made).toEqual([(await one('Research 2')).id])
  expect((await one('Research 2')).position).toEqual({ x: 42, y: 52 })
  expect(await one('Reader 2')).toMatchObject({ role: 'Reads', position: null })
  expect(await text('Reader 2', 'notes.md')).toBe('Tides.\n')
  expect(await text('Reader 2', promptPath)).toBe('You are Reader.\n')

  const { undo } = await call.undo.standing({ orgId })
  expect(undo?.name).toBe('duplication of Research')
  if (undo) await call.undo.undo({ orgId, actId: undo.id })
  expect(await chart()).toEqual(team)
})

test('a name that the config gives is made free there too', async () => {
  const { call, orgId, id, chart, text } = await atWork()
  const named = '# Who\nname: Forge\nmodel: rehearsal\n'
  await call.files.save({ orgId, workspaceId: id('Build'), path: configPath, text: named, baseVersion: 1 })
  await call.copies.duplicate({ orgId, workspaceIds: [id('Build')] })
  expect(await chart()).toMatchObject({ Forge: 'Lead', 'Forge 2': 'Lead' })
  expect(await text('Forge 2', configPath)).toBe('# Who\nname: Forge 2\nmodel: rehearsal\n')
})

test('a copy is pasted in another org, without secrets, also such as were typed into a file', async () => {
  const here = await atWork()
  const there = await atWork()
  const value = 'ghp_canary0123456789abcdefgh'
  const inWorkspace = { orgId: here.orgId, workspaceId: here.id('Reader') }
  await here.call.secrets.set({ ...inWorkspace, name: 'GITHUB_TOKEN', value })
  await here.call.files.save({ ...inWorkspace, path: 'notes.md', text: `Use ${value}.\n`, baseVersion: 0 })
  const bundles = await here.call.copies.take({ orgId: here.orgId, workspaceIds: [here.id('Research')] })
  expect(JSON.stringify(bundles)).not.toContain(value)
  const at = { x: 100, y: 200 }
  await there.call.copies.paste({ orgId: there.orgId, bundles, parentId: there.id('Build'), at })
  expect(await there.chart()).toEqual({ ...team, 'Research 2': 'Build', 'Reader 2': 'Research 2' })
  expect((await there.one('Research 2')).position).toEqual(at)
  expect(await there.text('Reader 2', 'notes.md')).toBe('Use [secret GITHUB_TOKEN].\n')
  expect((await there.call.secrets.list({ orgId: there.orgId })).secrets).toEqual([])
})

test('a bundle of an older system is pasted with what its fields say', async () => {
  const { call, orgId, one, text } = await atWork()
  const bundle = {
    ...{ schema: '1.0', name: 'Scout', description: 'Looks ahead', tier: 3, model: 'anthropic:claude-sonnet-4-5' },
    ...{ system_prompt: 'You look ahead.\n', prompts: { 'style.md': 'Short.\n' } },
    ...{ skills: [{ id: 'maps', files: { 'SKILL.md': 'Read maps.\n' } }], sub_workspaces: [{ name: 'Runner' }] },
  }
  await call.copies.paste({ orgId, bundles: [bundle], parentId: null })
  expect(await one('Scout')).toMatchObject({ role: 'Looks ahead', tier: 3, model: 'anthropic:claude-sonnet-4-5' })
  expect(await text('Scout', promptPath)).toBe('You look ahead.\n')
  expect(await text('Scout', 'style.md')).toBe('Short.\n')
  expect(await text('Scout', 'skills/maps/SKILL.md')).toBe('Read maps.\n')
  expect((await one('Runner')).parentId).toBe((await one('Scout')).id)
})

test('what cannot be is refused as a whole: too many, too deep, a parent that is gone, a viewer', async () => {
  const { call, orgId, owner, id, chart } = await atWork()
  const refused = (promise: Promise<unknown>, code: string) =>
    expect(promise).rejects.toMatchObject({ cause: { code } })
  const many = Array.from({ length: maxCopied + 1 }, () => ({ name: 'One' }))
  await refused(
    call.copies.paste({ orgId, bundles: [{ name: 'All', sub_workspaces: many }], parentId: null }),
    'too-large',
  )
  let deep: { name: string; sub_workspaces?: object[] } = { name: 'Bottom' }
  for (let level = 0; level < 32; level += 1) deep = { name: `Level ${level}`, sub_workspaces: [deep] }
  await refused(call.copies.paste({ orgId, bundles: [deep], parentId: id('Reader') }), 'bad-input')
  const bundles = [{ name: 'Scout' }]
  await refused(call.copies.paste({ orgId, bundles, parentId: WorkspaceId.parse(crypto.randomUUID()) }), 'not-found')
  const viewer = person(await makeMember(owner, 'viewer'))
  await refused(viewer.call.copies.paste({ orgId, bundles, parentId: null }), 'forbidden')
  expect(await chart()).toEqual(team)
})
