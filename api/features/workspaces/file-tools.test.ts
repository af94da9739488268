import { afterAll, beforeAll, expect, test } from 'vitest'
import { DelegationId, type WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { writeFile } from '../files/index.ts'
import { fileTools } from './file-tools.ts'
import { listMounts } from './mounts.ts'
import { setParent } from './set-parent.ts'
import { readSharedContext } from './shared-context.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

async function makeTeam() {
  const context = await makeOrg(testDb.db)
  const ids = await makeWorkspaces(context, { Lead: { Writer: { Reader: {} } } })
  const of = (name: string): WorkspaceId => {
    const id = ids[name]
    if (!id) throw new Error(`there is no ${name}`)
    return id
  }
  const put = (name: string, path: string, text: string) =>
    inTransaction(context, (tx) => writeFile(tx, { workspaceId: of(name), path, text, by: context.actor }))
  const call = async (name: string, tool: string, args: unknown): Promise<string> => {
    const found = fileTools.find((one) => one.name === tool)
    if (!found) throw new Error(`there is no tool ${tool}`)
    const [workspaceId, delegationId] = [of(name), DelegationId.parse(uuidv7())]
    const own: OrgContext = { ...context, actor: { kind: 'workspace', workspaceId, delegationId, name } }
    const outcome = await inTransaction(own, (tx) => found.run(tx, { context: own, workspaceId }, args))
    return outcome.kind === 'done' ? outcome.text : 'waits'
  }
  return { context, of, put, call }
}

test('an agent writes, reads on, lists and deletes its own files; each version is kept under its name', async () => {
  const { call } = await makeTeam()
  expect(JSON.parse(await call('Writer', 'write_file', { path: 'notes/a.md', text: 'one\ntwo\nthree' }))).toEqual({
    path: 'notes/a.md',
    version: 1,
  })
  expect(await call('Writer', 'read_file', { path: 'notes/a.md', lines: 2 })).toBe(
    'one\ntwo\n[1 more lines: read on from_line 3]',
  )
  expect(await call('Writer', 'read_file', { path: 'notes/a.md', from_line: 3 })).toBe('three')
  expect(await call('Writer', 'list_files', {})).toContain('"notes/a.md"')
  expect(await call('Lead', 'list_files', {})).not.toContain('notes/a.md')
  await call('Writer', 'delete_file', { path: 'notes/a.md' })
  await expect(call('Writer', 'read_file', { path: 'notes/a.md' })).rejects.toThrow('There is no file notes/a.md.')
})

test('it cannot write what it is made of, nor outside its own', async () => {
  const { call } = await makeTeam()
  for (const path of ['system-prompt.md', 'config.yaml', 'parent/brief.md']) {
    await expect(call('Writer', 'write_file', { path, text: 'mine now' })).rejects.toMatchObject({ code: 'forbidden' })
  }
  for (const path of ['../other.md', '/etc/passwd', '.hidden']) {
    await expect(call('Writer', 'write_file', { path, text: 'x' })).rejects.toMatchObject({ code: 'bad-input' })
  }
})

test('what the one above shares is read by those directly below it, one level and by name', async () => {
  const { put, call, of, context } = await makeTeam()
  await put('Lead', 'brief.md', 'We write for engineers.')
  await put('Lead', 'private.md', 'Not for you.')
  await put('Lead', 'config.yaml', 'shared_context:\n  - brief.*\n')
  expect(await call('Writer', 'read_file', { path: 'parent/brief.md' })).toBe('We write for engineers.')
  await expect(call('Writer', 'read_file', { path: 'parent/private.md' })).rejects.toMatchObject({ code: 'not-found' })
  await expect(call('Reader', 'read_file', { path: 'parent/brief.md' })).rejects.toMatchObject({ code: 'not-found' })
  const shared = await inSnapshot(context.db, context.orgId, (reader) => readSharedContext(reader, of('Writer')))
  expect(shared).toEqual([{ path: 'brief.md', text: 'We write for engineers.' }])
})

test('a config mounts files of others: granted paths alone, to read or to write, while the chart lets the two talk', async () => {
  const { put, call, of, context } = await makeTeam()
  await put('Lead', 'reports/a.md', 'Tides.')
  await put('Lead', 'private.md', 'Not for you.')
  const grant = (mode: string, paths = 'reports/*') =>
    put('Writer', 'config.yaml', `workspace_access:\n  - workspace: Lead\n    paths: ["${paths}"]\n    mode: ${mode}\n`)
  await grant('read_only')
  const shown: { path: string }[] = JSON.parse(await call('Writer', 'list_files', {}))
  expect(shown.map(({ path }) => path).filter((path) => path.startsWith('mounts'))).toEqual([
    'mounts/lead/reports/a.md',
  ])
  expect(await call('Writer', 'read_file', { path: 'mounts/lead/reports/a.md' })).toBe('Tides.')
  const read = (path: string) => call('Writer', 'read_file', { path })
  for (const path of ['private.md', 'system-prompt.md', 'config.yaml', 'reports/../private.md', '../lead/private.md']) {
    await expect(read(`mounts/lead/${path}`)).rejects.toMatchObject({ code: 'not-found' })
  }
  await expect(read('mounts/other/a.md')).rejects.toThrow('There is no mounts/other.')
  const write = (path: string) => call('Writer', 'write_file', { path: `mounts/lead/${path}`, text: 'Moons.' })
  await expect(write('reports/a.md')).rejects.toThrow('You may only read what is under mounts/lead.')

  await grant('read_write')
  await write('reports/b.md')
  expect(await call('Lead', 'read_file', { path: 'reports/b.md' })).toBe('Moons.')
  await expect(write('private.md')).rejects.toThrow('is not among the files of Lead')
  await expect(write('reports/../private.md')).rejects.toMatchObject({ code: 'bad-input' })
  await grant('read_write', '*')
  await expect(write('config.yaml')).rejects.toThrow('config.yaml is written by people.')

  await put('Writer', 'draft.md', 'Soon.')
  await put('Reader', 'config.yaml', 'workspace_access:\n  - workspace: Writer\n')
  const readDraft = () => call('Reader', 'read_file', { path: 'mounts/writer/draft.md' })
  expect(await readDraft()).toBe('Soon.')
  const reachedBy = [{ workspaceId: of('Reader'), name: 'Reader', mode: 'read_only', paths: null }]
  expect((await listMounts(context, of('Writer'))).reachedBy).toEqual(reachedBy)
  const asRoot = { workspaceId: of('Reader'), fromParentId: of('Writer'), toParentId: null, position: null }
  await inTransaction(context, (tx) => setParent(tx, asRoot))
  await expect(readDraft()).rejects.toThrow('mounts/writer cannot be reached')
  expect((await listMounts(context, of('Writer'))).reachedBy).toEqual([])
  expect((await listMounts(context, of('Reader'))).mounts).toMatchObject([{ mount: 'writer', isOpen: false }])
})
