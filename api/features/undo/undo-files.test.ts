import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configPath, promptPath } from '#shared/files/paths.ts'
import { KeyId } from '#shared/kernel/ids.ts'
import { makeMember } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { atWorkIn, person } from './at-work.fixture.ts'
import { undoAct } from './undo-act.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

/** A person with a workspace whose notes.md somebody else saved twice, so that nothing is theirs to undo yet. */
async function withNotes() {
  const work = await atWorkIn(testDb.db)
  const other = person(await makeMember(work.owner))
  const place = { orgId: work.orgId, workspaceId: work.id('Build') }
  const notes = { ...place, path: 'notes.md' }
  await other.call.files.save({ ...notes, text: 'One.\n', baseVersion: 0 })
  await other.call.files.save({ ...notes, text: 'Two.\n', baseVersion: 1 })
  const texts = async () => {
    const { files } = await work.call.files.texts(place)
    return Object.fromEntries(
      files.filter(({ path }) => path !== configPath && path !== promptPath).map(({ path, text }) => [path, text]),
    )
  }
  const refused = (message: string) =>
    expect(work.undo()).rejects.toMatchObject({ cause: { code: 'conflict', message } })
  return { ...work, other, place, notes, texts, refused }
}

describe('what is done to files is taken back and done again, by name', () => {
  test('a deletion, with the history', async () => {
    const { call, notes, names, undo, redo, texts } = await withNotes()
    await call.files.delete(notes)
    expect(await names()).toEqual(['deletion of notes.md', null])
    expect(await texts()).toEqual({})
    expect(await undo()).toEqual({ name: 'deletion of notes.md' })
    expect(await texts()).toEqual({ 'notes.md': 'Two.\n' })
    expect((await call.files.versions(notes)).map(({ restoredFrom }) => restoredFrom)).toEqual([2, null, null])
    await redo()
    expect(await texts()).toEqual({})
    await undo()
    expect(await texts()).toEqual({ 'notes.md': 'Two.\n' })
  })

  test('a version that was brought back; one that reads the same is no act', async () => {
    const { call, notes, names, undo, redo, texts } = await withNotes()
    await call.files.restore({ ...notes, version: 2 })
    expect(await names()).toEqual([null, null])
    await call.files.restore({ ...notes, version: 1 })
    expect(await names()).toEqual(['return of notes.md to version 1', null])
    await undo()
    expect(await texts()).toEqual({ 'notes.md': 'Two.\n' })
    await redo()
    expect(await texts()).toEqual({ 'notes.md': 'One.\n' })
  })

  test('a rename; to its own name is none', async () => {
    const { call, notes, names, undo, redo, texts } = await withNotes()
    await call.files.rename({ ...notes, to: 'notes.md' })
    expect(await names()).toEqual([null, null])
    await call.files.rename({ ...notes, to: 'kept/notes.md' })
    expect(await names()).toEqual(['rename of notes.md to kept/notes.md', null])
    await undo()
    expect(await texts()).toEqual({ 'notes.md': 'Two.\n' })
    expect(await call.files.versions(notes)).toHaveLength(2)
    await redo()
    expect(await texts()).toEqual({ 'kept/notes.md': 'Two.\n' })
  })

  test('a new file, and a text saved over an old one', async () => {
    const { call, place, notes, names, undo, redo, texts } = await withNotes()
    await call.files.save({ ...place, path: 'facts.md', text: 'Fact.\n', baseVersion: 0 })
    expect(await names()).toEqual(['creation of facts.md', null])
    await call.files.save({ ...notes, text: 'Three.\n', baseVersion: 2 })
    await call.files.save({ ...notes, text: 'Three.\n', baseVersion: 3 })
    expect(await names()).toEqual(['change of notes.md', null])
    await undo()
    await undo()
    expect(await texts()).toEqual({ 'notes.md': 'Two.\n' })
    await redo()
    await redo()
    expect(await texts()).toEqual({ 'facts.md': 'Fact.\n', 'notes.md': 'Three.\n' })
  })

  test('files that were added together; those that were there are left alone', async () => {
    const { call, place, names, undo, redo, texts } = await withNotes()
    const files = ['b.md', 'notes.md', 'a.md'].map((path) => ({ path, text: `In ${path}` }))
    expect(await call.files.add({ ...place, files })).toEqual({ added: ['a.md', 'b.md'], there: ['notes.md'] })
    expect(await names()).toEqual(['creation of 2 files', null])
    expect(await call.files.add({ ...place, files })).toEqual({ added: [], there: ['a.md', 'b.md', 'notes.md'] })
    expect(await names()).toEqual(['creation of 2 files', null])
    await undo()
    expect(await texts()).toEqual({ 'notes.md': 'Two.\n' })
    await redo()
    expect(await texts()).toEqual({ 'a.md': 'In a.md', 'b.md': 'In b.md', 'notes.md': 'Two.\n' })
  })
})

test('what was refused can be passed over, and what was done before it has its turn', async () => {
  const { call, other, orgId, place, refused, standing, one } = await withNotes()
  await call.workspaces.rename({ orgId, workspaceId: place.workspaceId, name: 'Yard' })
  const page = { ...place, path: 'new.md' }
  await call.files.save({ ...page, text: '', baseVersion: 0 })
  await other.call.files.save({ ...page, text: 'Written on.\n', baseVersion: 1 })
  await refused('new.md was changed since.')
  const stuck = (await standing()).undo
  const passed = stuck ? [stuck.id] : []
  const before = (await call.undo.standing({ orgId, passed })).undo
  if (!before) throw new Error('there is nothing before it')
  await call.undo.undo({ orgId, actId: before.id })
  expect(await one('Build')).toBeDefined()
  expect((await call.undo.standing({ orgId, passed })).redo?.id).toBe(before.id)
  expect((await call.undo.standing({ orgId, passed: [...passed, before.id] })).redo).toBeNull()
})

describe('where a file was changed since, its act is refused with the reason', () => {
  test('one of its name is there again, or the file is called otherwise', async () => {
    const { call, other, notes, texts, refused } = await withNotes()
    await call.files.delete(notes)
    await other.call.files.save({ ...notes, text: 'Mine.\n', baseVersion: 0 })
    await refused('notes.md was changed since.')
    await call.files.restore({ ...notes, version: 1 })
    await other.call.files.rename({ ...notes, to: 'theirs.md' })
    await refused('notes.md is called theirs.md now.')
    expect(await texts()).toEqual({ 'theirs.md': 'One.\n' })
  })

  test('renamed again, deleted, or its old name taken', async () => {
    const { call, other, place, notes, texts, refused } = await withNotes()
    const kept = { ...place, path: 'kept.md' }
    await call.files.rename({ ...notes, to: 'kept.md' })
    await other.call.files.save({ ...notes, text: 'New.\n', baseVersion: 0 })
    await refused('There is another notes.md now.')
    await other.call.files.rename({ ...kept, to: 'theirs.md' })
    await refused('kept.md is called theirs.md now.')
    await other.call.files.delete({ ...place, path: 'theirs.md' })
    await refused('theirs.md was deleted since.')
    expect(await texts()).toEqual({ 'notes.md': 'New.\n' })
  })

  test('of two that were deleted under one name each comes back as itself, one at a time', async () => {
    const { call, orgId, place, notes, standing, texts, refused } = await withNotes()
    await call.files.delete(notes)
    const first = (await standing()).undo
    if (!first) throw new Error('it was deleted')
    await call.files.save({ ...place, path: 'other.md', text: 'Other.\n', baseVersion: 0 })
    await call.files.rename({ ...place, path: 'other.md', to: 'notes.md' })
    await call.files.delete(notes)
    await call.undo.undo({ orgId, actId: first.id })
    expect(await texts()).toEqual({ 'notes.md': 'Two.\n' })
    await refused('There is another notes.md now.')
  })

  test('who may not edit files any more does not bring one back', async () => {
    const { call, owner, notes, texts } = await withNotes()
    const member = await makeMember(owner)
    if (member.actor.kind !== 'person') throw new Error('members are people')
    const third = person(member)
    await third.call.files.delete(notes)
    await call.people.changeRole({ orgId: notes.orgId, userId: member.actor.userId, role: 'viewer' })
    await expect(third.undo()).rejects.toMatchObject({ cause: { code: 'forbidden' } })
    expect(await texts()).toEqual({})
  })

  test('a key of the person that may edit but not delete does not take back a new file', async () => {
    const { call, owner, place, standing, texts } = await withNotes()
    await call.files.save({ ...place, path: 'facts.md', text: 'Fact.\n', baseVersion: 0 })
    const act = (await standing()).undo
    if (!act || owner.actor.kind !== 'person') throw new Error('a person made it')
    const key = { keyId: KeyId.parse(randomUUID()), permissions: ['workspaces.read', 'files.edit'] as const }
    const byKey = undoAct({ ...owner, actor: { ...owner.actor, key } }, { actId: act.id })
    await expect(byKey).rejects.toMatchObject({ code: 'forbidden' })
    expect(await texts()).toHaveProperty(['facts.md'])
  })
})
