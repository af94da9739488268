import { afterAll, beforeAll, expect, test } from 'vitest'
import { DelegationId, type WorkspaceId } from '#shared/kernel/ids.ts'
import { delegate } from './features/delegations/index.ts'
import { writeFile } from './features/files/index.ts'
import { listNotices } from './features/notices/read-notices.ts'
import { addRoute, removeRoute } from './features/notify/routes.ts'
import { notifyTools } from './features/notify/tools.ts'
import type { OrgContext } from './kernel/actor.ts'
import { inTransaction } from './kernel/db.ts'
import { readLog } from './testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

async function makeTeam() {
  const context = await makeOrg(testDb.db)
  const ids = await makeWorkspaces(context, { Lead: { Writer: {}, Guard: {} }, Other: { Far: {} } })
  const of = (name: string): WorkspaceId => {
    const id = ids[name]
    if (!id) throw new Error(`there is no ${name}`)
    return id
  }
  const { delegationId } = await delegate(context, { workspaceId: of('Writer'), task: 'Write' })
  const workspaceId = of('Writer')
  const own: OrgContext = { ...context, actor: { kind: 'workspace', workspaceId, delegationId, name: 'Writer' } }
  const tell = async (args: object): Promise<{ told: string[]; not_told?: string[] }> => {
    const [tool] = notifyTools
    const site = { context: own, workspaceId, delegationId: DelegationId.parse(delegationId), step: 1 }
    const outcome = await inTransaction(own, async (tx) => await tool?.run(tx, site, args))
    return JSON.parse(outcome?.kind === 'done' ? outcome.text : '')
  }
  const config = (text: string) =>
    inTransaction(context, (tx) => writeFile(tx, { workspaceId, path: 'config.yaml', text, by: context.actor }))
  return { context, of, tell, config, delegationId }
}

test('people of the role a category is for find it at their bell, with its words and the work', async () => {
  const { context, tell, delegationId } = await makeTeam()
  const viewer = await makeMember(context, 'viewer')
  await addRoute(context, { category: 'Costs', to: { kind: 'people', lowest: 'admin' } })
  expect(await tell({ category: 'costs', message: 'The bill is high.' })).toEqual({ told: ['admins and above'] })
  expect(await tell({ message: 'Lunch.' })).toEqual({ told: ['everybody'] })
  const seen = async (who: OrgContext) =>
    (await listNotices(who, { orgId: context.orgId, limit: 10 })).notices.filter(({ kind }) => kind === 'told')
  expect(await seen(context)).toMatchObject([
    { category: 'general', detail: 'Lunch.' },
    {
      ...{ category: 'costs', detail: 'The bill is high.', workspace: { name: 'Writer' } },
      delegation: { id: delegationId, task: 'Write' },
    },
  ])
  expect((await seen(viewer)).map(({ detail }) => detail)).toEqual(['Lunch.'])
})

test('an unknown category is answered with the known ones, and nothing is told', async () => {
  const { context, tell } = await makeTeam()
  const route = await addRoute(context, { category: 'costs', to: { kind: 'people', lowest: 'owner' } })
  await expect(tell({ category: 'cost', message: 'x' })).rejects.toThrow(
    'There is no category cost. The categories are: costs, general.',
  )
  await removeRoute(context, route.id)
  await expect(tell({ category: 'costs', message: 'x' })).rejects.toThrow('The categories are: general.')
  expect((await readLog(context)).filter(({ type }) => type === 'people.notified')).toEqual([])
})

test('a workspace is given it as work, as far as the chart lets the two talk; its own config goes before', async () => {
  const { context, of, tell, config } = await makeTeam()
  await addRoute(context, { category: 'security', to: { kind: 'workspace', workspaceId: of('Far') } })
  await expect(tell({ category: 'security', message: 'Open door.' })).rejects.toThrow('Nobody could be told. Far:')
  await config('category_routing:\n  security: [Guard, owner, Nobody]\n')
  const { told, not_told } = await tell({ category: 'security', message: 'Open door.' })
  expect(told).toEqual(['Guard', 'owners'])
  expect(not_told).toEqual(['Nobody: there is no such role or workspace'])
  const queued = (await readLog(context)).filter(({ type }) => type === 'delegation.queued')
  expect(queued.at(-1)?.payload).toMatchObject({ workspaceId: of('Guard'), fromWorkspaceId: of('Writer') })
})

test('one workspace tells at most thirty things an hour', async () => {
  const { tell } = await makeTeam()
  for (let count = 0; count < 30; count++) await tell({ message: `Again ${count}` })
  await expect(tell({ message: 'And again' })).rejects.toMatchObject({ code: 'rate-limited' })
})

test('only admins change where word goes, and not twice to the same place', async () => {
  const { context, of } = await makeTeam()
  const route = { category: 'docs', to: { kind: 'workspace', workspaceId: of('Lead') } } as const
  await addRoute(context, route)
  await expect(addRoute(context, route)).rejects.toMatchObject({ code: 'conflict', field: 'category' })
  await expect(addRoute(await makeMember(context, 'manager'), route)).rejects.toMatchObject({ code: 'forbidden' })
})
