import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ActId } from '#shared/acts/contract.ts'
import { configPath } from '#shared/files/paths.ts'
import { noLimits } from '../../testing/access/things.ts'
import { makeMember } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { atWorkIn, person } from './at-work.fixture.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

const atWork = () => atWorkIn(testDb.db)

const team = { Lead: null, Research: 'Lead', Reader: 'Research', Build: 'Lead' }

test('of two acts in quick succession each is known by the id it was given, and taken back alone', async () => {
  const { call, orgId, names, chart, one, id } = await atWork()
  const [first, second] = [ActId.parse(randomUUID()), ActId.parse(randomUUID())]
  await call.workspaces.rename({ orgId, workspaceId: id('Build'), name: 'Forge', asAct: first })
  await call.workspaces.create({ orgId, name: 'Tester', parentId: id('Lead'), asAct: second })
  const asked = async (actId: ActId) => (await call.undo.standing({ orgId, actId })).asked?.name
  expect(await asked(first)).toBe('rename of Build to Forge')
  expect(await asked(second)).toBe('creation of Tester')
  await call.undo.undo({ orgId, actId: first })
  expect([await asked(first), await asked(second)]).toEqual([undefined, 'creation of Tester'])
  expect(await chart()).toEqual({ ...team, Tester: 'Lead' })
  expect(await names()).toEqual(['creation of Tester', 'rename of Build to Forge'])
  // What was changed since must be taken back first; what changes nothing is no act; an id serves once.
  await call.workspaces.rename({ orgId, workspaceId: id('Build'), name: 'Smithy', asAct: first })
  await call.workspaces.rename({ orgId, workspaceId: id('Build'), name: 'Forge' })
  await expect(call.undo.undo({ orgId, actId: first })).rejects.toThrow('is called Forge now')
  const again = call.workspaces.create({ orgId, name: 'Twice', parentId: null, asAct: second })
  await expect(again).rejects.toThrow('done already')
  expect(await one('Twice')).toBeUndefined()
})

describe('everything done to the chart is taken back and done again, by name', () => {
  test('a creation', async () => {
    const { call, orgId, undo, redo, names, chart, id } = await atWork()
    await call.workspaces.create({ orgId, name: 'Tester', parentId: id('Build') })
    expect(await names()).toEqual(['creation of Tester', null])
    expect(await undo()).toEqual({ name: 'creation of Tester' })
    expect(await chart()).toEqual(team)
    expect(await names()).toEqual([null, 'creation of Tester'])
    await redo()
    expect(await chart()).toEqual({ ...team, Tester: 'Build' })
    expect(await names()).toEqual(['creation of Tester', null])
  })

  test('a move with the cards of those who move along', async () => {
    const { call, orgId, undo, redo, names, chart, one, id } = await atWork()
    await call.workspaces.place({ orgId, positions: [{ workspaceId: id('Reader'), position: { x: 5, y: 6 } }] })
    const position = { x: 1, y: 2 }
    await call.moves.move({
      orgId,
      moves: [{ workspaceId: id('Research'), toParentId: id('Build'), position }],
      places: [{ workspaceId: id('Reader'), position: null }],
    })
    expect(await names()).toEqual(['move of Research', null])
    await undo()
    expect(await chart()).toEqual(team)
    expect((await one('Reader'))?.position).toEqual({ x: 5, y: 6 })
    expect((await one('Research'))?.position).toBeNull()
    await redo()
    expect(await chart()).toEqual({ ...team, Research: 'Build' })
    expect((await one('Research'))?.position).toEqual(position)
    expect((await one('Reader'))?.position).toBeNull()
  })

  test('a rename, a change of the config, a pause, a freeze', async () => {
    const { call, orgId, undo, redo, names, one, id } = await atWork()
    const inWorkspace = { orgId, workspaceId: id('Build') }
    await call.workspaces.rename({ ...inWorkspace, name: 'Forge' })
    await call.workspaces.configure({ ...inWorkspace, role: 'Builds it' })
    await call.workspaces.control({ ...inWorkspace, verb: 'pause' })
    await call.workspaces.control({ ...inWorkspace, verb: 'freeze' })
    expect(await one('Forge')).toMatchObject({ role: 'Builds it', isPausedHere: true, isFrozenHere: true })
    const told = []
    for (let step = 0; step < 4; step += 1) told.push((await undo()).name)
    expect(told).toEqual(['freeze of Forge', 'pause of Forge', 'change of Forge', 'rename of Build to Forge'])
    expect(await one('Build')).toMatchObject({ role: '', isPausedHere: false, isFrozenHere: false })
    expect(await names()).toEqual([null, 'rename of Build to Forge'])
    for (let step = 0; step < 4; step += 1) await redo()
    expect(await one('Forge')).toMatchObject({ role: 'Builds it', isPausedHere: true, isFrozenHere: true })
  })

  test('what was placed, under the name it was given; small steps that follow each other are one', async () => {
    const { call, orgId, undo, names, one, id } = await atWork()
    const at = (x: number) => [{ workspaceId: id('Build'), position: { x, y: 0 } }]
    await call.workspaces.place({ orgId, positions: at(10), name: 'alignment of 1 workspace' })
    await call.workspaces.place({ orgId, positions: at(20), step: 'nudge' })
    await call.workspaces.place({ orgId, positions: at(30), step: 'nudge' })
    expect(await names()).toEqual(['new place of Build', null])
    await undo()
    expect((await one('Build'))?.position).toEqual({ x: 10, y: 0 })
    await undo()
    expect((await one('Build'))?.position).toBeNull()
    expect(await names()).toEqual([null, 'alignment of 1 workspace'])
    await call.workspaces.place({ orgId, positions: [{ workspaceId: id('Build'), position: null }] })
    expect(await names()).toEqual([null, 'alignment of 1 workspace'])
  })
})

test('a deletion gives back all there was: files with their history, secrets, schedules, memory, budgets', async () => {
  const { call, orgId, undo, redo, chart, id } = await atWork()
  const inWorkspace = { orgId, workspaceId: id('Reader') }
  await call.files.save({ ...inWorkspace, path: 'notes.md', text: 'One.\n', baseVersion: 0 })
  await call.files.save({ ...inWorkspace, path: 'notes.md', text: 'Two.\n', baseVersion: 1 })
  await call.secrets.set({ ...inWorkspace, name: 'GITHUB_TOKEN', value: 'a-value-of-no-service' })
  await call.schedules.create({ ...inWorkspace, name: 'Weekly', cron: '0 9 * * 1', timeZone: 'UTC', task: 'Say hello' })
  await call.memory.remember({ ...inWorkspace, text: 'The tide is out at noon.' })
  await call.budgets.set({ ...inWorkspace, scope: 'workspace', period: 'day', limits: { ...noLimits, money: 9 } })
  const holds = async () => ({
    files: await call.files.list(inWorkspace),
    history: (await call.files.versions({ ...inWorkspace, path: 'notes.md' })).length,
    secrets: (await call.secrets.list({ orgId })).secrets.map(({ name, workspaceId }) => [name, workspaceId]),
    schedules: (await call.schedules.list({ orgId })).map(({ name, isEnabled }) => [name, isEnabled]),
    memory: (await call.memory.list(inWorkspace)).map(({ text }) => text),
    budgets: (await call.budgets.list({ orgId })).map(({ workspaceId, limits }) => [workspaceId, limits.money]),
  })
  const before = await holds()
  expect(before).toMatchObject({ history: 2, memory: ['The tide is out at noon.'], schedules: [['Weekly', true]] })
  const confirmed = [id('Reader')]
  await call.workspaces.delete({ orgId, workspaceId: id('Research'), confirmed })
  expect(await chart()).toEqual({ Lead: null, Build: 'Lead' })
  await undo()
  expect(await chart()).toEqual(team)
  expect(await holds()).toEqual(before)
  await redo()
  expect(await chart()).toEqual({ Lead: null, Build: 'Lead' })
})

describe('an act whose ground has changed is refused with the reason, and nothing changes', () => {
  test('moved, placed, renamed, written, deleted by somebody else', async () => {
    const { call, orgId, owner, undo, chart, one, id } = await atWork()
    const other = person(await makeMember(owner))
    const inWorkspace = { orgId, workspaceId: id('Build') }
    const refused = (message: string) => expect(undo()).rejects.toMatchObject({ cause: { code: 'conflict', message } })

    await call.moves.move({ orgId, moves: [{ workspaceId: id('Build'), toParentId: null }] })
    await other.call.moves.move({ orgId, moves: [{ workspaceId: id('Build'), toParentId: id('Research') }] })
    await refused('Build was moved meanwhile: it is below Research now.')
    expect(await chart()).toEqual({ ...team, Build: 'Research' })

    const at = (x: number) => ({ orgId, positions: [{ workspaceId: id('Build'), position: { x, y: 0 } }] })
    await call.workspaces.place(at(1))
    await other.call.workspaces.place(at(2))
    await refused('Build was put elsewhere since.')
    expect((await one('Build'))?.position).toEqual({ x: 2, y: 0 })

    await call.workspaces.rename({ ...inWorkspace, name: 'Forge' })
    await other.call.workspaces.rename({ ...inWorkspace, name: 'Smithy' })
    await refused('Forge is called Smithy now.')

    await call.workspaces.configure({ ...inWorkspace, role: 'Builds' })
    await other.call.workspaces.configure({ ...inWorkspace, role: 'Rests' })
    await refused(`${configPath} was changed since.`)

    await other.call.workspaces.delete({ ...inWorkspace })
    await expect(undo()).rejects.toMatchObject({ cause: { code: 'not-found' } })
  })

  test('somebody stands below what was created; what was above is gone', async () => {
    const { call, orgId, owner, undo, chart, id } = await atWork()
    const other = person(await makeMember(owner))
    const refused = (message: string) => expect(undo()).rejects.toMatchObject({ cause: { code: 'conflict', message } })

    const { id: tester } = await call.workspaces.create({ orgId, name: 'Tester' })
    await other.call.moves.move({ orgId, moves: [{ workspaceId: id('Reader'), toParentId: tester }] })
    await refused('Reader stands below Tester now.')

    await call.workspaces.delete({ orgId, workspaceId: id('Build') })
    await other.call.workspaces.delete({ orgId, workspaceId: id('Lead'), confirmed: [id('Research')] })
    await refused('The place of Build in the chart is not there any more.')
    expect(await chart()).toEqual({ Tester: null, Reader: 'Tester' })
  })
})

describe('each has their own acts', () => {
  test('another person undoes their own only, and cannot turn those of others', async () => {
    const { call, orgId, owner, standing, chart } = await atWork()
    const other = person(await makeMember(owner))
    await call.workspaces.create({ orgId, name: 'Tester' })
    await other.call.workspaces.create({ orgId, name: 'Pilot' })
    const mine = (await standing()).undo
    if (!mine) throw new Error('it was done')
    await expect(other.call.undo.undo({ orgId, actId: mine.id })).rejects.toMatchObject({
      cause: { code: 'not-found' },
    })
    expect(await other.undo()).toEqual({ name: 'creation of Pilot' })
    expect(await chart()).toEqual({ ...team, Tester: null })
  })

  test('once undone it is not undone twice, and a new act ends what could be done again', async () => {
    const { call, orgId, undo, standing, names } = await atWork()
    await call.workspaces.create({ orgId, name: 'Tester' })
    const act = (await standing()).undo
    if (!act) throw new Error('it was done')
    await undo()
    await expect(call.undo.undo({ orgId, actId: act.id })).rejects.toMatchObject({ cause: { code: 'conflict' } })
    await call.workspaces.create({ orgId, name: 'Pilot' })
    expect(await names()).toEqual(['creation of Pilot', null])
  })

  test('who may not do it any more may not undo it either', async () => {
    const { orgId, owner } = await atWork()
    const member = await makeMember(owner)
    const other = person(member)
    await other.call.workspaces.create({ orgId, name: 'Pilot' })
    if (member.actor.kind !== 'person') throw new Error('members are people')
    await person(owner).call.people.changeRole({ orgId, userId: member.actor.userId, role: 'viewer' })
    await expect(other.undo()).rejects.toMatchObject({ cause: { code: 'forbidden' } })
  })
})
