import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { maxFileBytes, maxTextsChars, SaveConflict } from '#shared/files/contract.ts'
import { configPath, promptPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction, readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { createCaller } from '../../kernel/trpc.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { deleteFile } from './delete-file.ts'
import { listFiles } from './list-files.ts'
import { listVersions } from './list-versions.ts'
import { readFile } from './read-file.ts'
import { editedSinceTemplate, readConfig, readHead } from './read-head.ts'
import { readTexts } from './read-texts.ts'
import { renameFile } from './rename-file.ts'
import { restoreVersion } from './restore-version.ts'
import { filesRouter } from './router.ts'
import { saveFile } from './save-file.ts'
import { writeFile } from './write-file.ts'

let testDb: TestDb
let ada: OrgContext
let bob: OrgContext
let workspaceId: WorkspaceId

beforeAll(async () => {
  testDb = await openTestDb()
  const owner = await makeOrg(testDb.db)
  ada = await makeMember(owner, 'member', 'Ada')
  bob = await makeMember(owner, 'member', 'Bob')
  workspaceId = await newWorkspace()
})
afterAll(() => testDb.close())

async function newWorkspace(context = ada): Promise<WorkspaceId> {
  const { Lead } = await makeWorkspaces(context, { Lead: {} })
  if (!Lead) throw new Error('no workspace was made')
  return Lead
}

function save(context: OrgContext, path: string, text: string, baseVersion: number, at = workspaceId) {
  return saveFile(context, { orgId: context.orgId, workspaceId: at, path, text, baseVersion })
}

function at(path: string, workspace = workspaceId) {
  return { orgId: ada.orgId, workspaceId: workspace, path }
}

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('expected an AppError', { cause: error })
  return error
}

describe('saving', () => {
  test('makes a version with author, time and lines, and tells it', async () => {
    const path = 'notes/plan.md'
    expect(await save(ada, path, 'one\ntwo\n', 0)).toMatchObject({
      file: { path, version: 1, bytes: 8, savedBy: 'Ada' },
      text: 'one\ntwo\n',
    })
    const second = await save(bob, path, 'one\n2\nthree\n', 1)
    expect(second.file).toMatchObject({ version: 2, savedBy: 'Bob' })
    expect(await listVersions(ada, at(path))).toEqual([
      expect.objectContaining({ version: 2, savedBy: 'Bob', linesAdded: 2, linesRemoved: 1, restoredFrom: null }),
      expect.objectContaining({ version: 1, savedBy: 'Ada', linesAdded: 2, linesRemoved: 0, restoredFrom: null }),
    ])
    expect(await readFile(ada, { ...at(path), version: 1 })).toMatchObject({ file: { version: 1 }, text: 'one\ntwo\n' })
    expect(await readFile(ada, at(path))).toEqual(second)
    const told = await readRows<{ payload: object; actor: object }>(
      ada.db,
      ada.orgId,
      sql`select payload, actor from events where payload ->> 'path' = ${path} order by seq`,
    )
    const fileId = second.file.id
    expect(told).toMatchObject([
      { payload: { workspaceId, fileId, path, version: 1 }, actor: { kind: 'person' } },
      { payload: { workspaceId, fileId, path, version: 2 } },
    ])
  })

  test('over a newer version answers conflict with both texts and the base, and saves nothing', async () => {
    await save(ada, 'shared.md', 'base\n', 0)
    await save(bob, 'shared.md', 'theirs\n', 1)
    const error = await failure(save(ada, 'shared.md', 'mine\n', 1))
    expect(error).toMatchObject({ code: 'conflict', message: 'Saved by Bob before you.' })
    expect(SaveConflict.parse(error.data)).toEqual({
      theirs: { version: 2, text: 'theirs\n', savedBy: 'Bob', savedAt: expect.any(String) },
      base: { version: 1, text: 'base\n' },
    })
    expect((await readFile(ada, at('shared.md'))).text).toBe('theirs\n')
    expect((await save(ada, 'shared.md', 'mine\n', 2)).file.version).toBe(3)
  })

  test('what another one saved with the same words is no conflict and no new version', async () => {
    await save(ada, 'same.md', 'a\n', 0)
    await save(bob, 'same.md', 'b\n', 1)
    expect((await save(ada, 'same.md', 'b\n', 1)).file).toMatchObject({ version: 2, savedBy: 'Bob' })
    expect((await save(ada, 'same.md', 'b\n', 2)).file.version).toBe(2)
  })

  test('at the same time: one wins, the others hear of it, whether the file is new or not', async () => {
    for (const baseVersion of [0, 1]) {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 6 }, (_, n) =>
          save(n % 2 ? ada : bob, 'race.md', `${baseVersion} by ${n}\n`, baseVersion),
        ),
      )
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(lost).toHaveLength(5)
      expect(lost.every(({ reason }) => reason instanceof AppError && reason.code === 'conflict')).toBe(true)
    }
    expect((await listVersions(ada, at('race.md'))).map(({ version }) => version)).toEqual([2, 1])
  })

  test.each([
    ['10 MB', 'x'.repeat(10_000_000), 'too-large', /9\.5 MiB; a file may hold at most 1 MiB/],
    ['one byte too many, in UTF-8', `${'é'.repeat(maxFileBytes / 2)}x`, 'too-large', /at most 1 MiB/],
    ['NUL', 'a\0b', 'bad-input', /NUL/],
    ['half a surrogate pair', 'a\uD83Db', 'bad-input', /Unicode/],
  ])('refuses %s, and nothing is kept', async (_, text, code, words) => {
    const error = await failure(save(ada, 'refused.md', text, 0))
    expect(error).toMatchObject({ code, field: 'text', message: expect.stringMatching(words) })
    expect(await failure(readFile(ada, at('refused.md')))).toMatchObject({ code: 'not-found' })
  })

  test('keeps any text as it is', async () => {
    const text = '\uFEFF<script>alert(1)</script> 👩‍🚀 עברית \u202Eabc\r\nno end'
    await save(ada, 'odd <b> 👩‍🚀.md', text, 0)
    expect((await readFile(ada, at('odd <b> 👩‍🚀.md'))).text).toBe(text)
  })

  test.each(['../up', '/root', 'a//b', 'a/./b', '.hidden', 'a\\b', 'a\0b', 'x'.repeat(241), 'a/', ' a', ''])(
    'refuses the path %j',
    async (path) => {
      const person = ada.actor.kind === 'person' ? { id: ada.actor.userId, name: 'Ada' } : null
      const caller = createCaller(filesRouter)({ db: ada.db, user: person })
      const input = { ...at(path), text: 'x', baseVersion: 0 }
      await expect(caller.save(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    },
  )
})

describe('config.yaml', () => {
  test('is kept parsed, and the newest is what counts', async () => {
    const lead = await newWorkspace()
    await save(ada, configPath, 'role: Reads\ntier: 3\nowner: {team: x}\n', 1, lead)
    const config = await inSnapshot(ada.db, ada.orgId, (reader) => readConfig(reader, lead))
    expect(config).toEqual({ role: 'Reads', tier: 3, owner: { team: 'x' } })
    await save(ada, configPath, '', 2, lead)
    expect(await inSnapshot(ada.db, ada.orgId, (reader) => readConfig(reader, lead))).toEqual({})
  })

  test.each([
    ['role: [', 'text', /^config\.yaml, line 1, column \d+: /],
    ['tier: 2\ntier: 3\n', 'text', /line 2, column 1: The key "tier" is there twice/],
    ['a: !!js/function x', 'text', /line 1, column 4: The tag !!js\/function/],
    ['role: x\nmax_concurrent_tasks: 0\n', 'max_concurrent_tasks', /line 2, column 23: max_concurrent_tasks: /],
    ['tools:\n  - read\n  - 5\n', 'tools.1', /line 3, column 5: tools\.1: /],
    ['- a list\n', 'text', /line 1, column 1: /],
    [`# ${'x'.repeat(140_000)}\n`, 'text', /at most 128 KiB/],
  ])('%j is refused with its place, and nothing is saved', async (text, field, message) => {
    const lead = await newWorkspace()
    const error = await failure(save(ada, configPath, text, 1, lead))
    expect(error).toMatchObject({ field, message: expect.stringMatching(message) })
    expect((await readFile(ada, at(configPath, lead))).file.version).toBe(1)
  })

  test('all problems are in the data', async () => {
    const error = await failure(save(ada, configPath, 'tier: 9\nmodel: ""\n', 1))
    expect(error.message).toMatch(/and 1 more/)
    expect(error.data?.problems).toMatchObject([
      { path: 'tier', line: 1, column: 7 },
      { path: 'model', line: 2, column: 8 },
    ])
  })
})

describe('going back', () => {
  test('restoring makes a new version that says where it is from', async () => {
    await save(ada, 'back.md', 'first\n', 0)
    await save(ada, 'back.md', 'second\n', 1)
    const restored = await restoreVersion(bob, { ...at('back.md'), version: 1 })
    expect(restored).toMatchObject({ file: { version: 3, savedBy: 'Bob' }, text: 'first\n' })
    expect((await listVersions(ada, at('back.md')))[0]).toMatchObject({ version: 3, restoredFrom: 1 })
    expect(await failure(restoreVersion(bob, { ...at('back.md'), version: 9 }))).toMatchObject({ code: 'not-found' })
  })

  test('a deleted file is gone from the list, and its history goes on when it is saved again', async () => {
    await save(ada, 'gone.md', 'kept words\n', 0)
    await deleteFile(ada, at('gone.md'))
    expect((await listFiles(ada, workspaceId)).map(({ path }) => path)).not.toContain('gone.md')
    const acts = [readFile(ada, at('gone.md')), listVersions(ada, at('gone.md')), deleteFile(ada, at('gone.md'))]
    for (const error of await Promise.all(acts.map(failure))) expect(error).toMatchObject({ code: 'not-found' })
    const stale = await failure(save(bob, 'gone.md', 'from an old tab\n', 1))
    expect(stale).toMatchObject({ code: 'not-found', message: expect.stringContaining('was deleted meanwhile') })
    expect((await save(bob, 'gone.md', 'again\n', 0)).file.version).toBe(2)
    expect(await listVersions(ada, at('gone.md'))).toMatchObject([{ version: 2, linesRemoved: 0 }, { version: 1 }])
  })

  test.each([configPath, promptPath])('%s cannot be deleted', async (path) => {
    expect(await failure(deleteFile(ada, at(path)))).toMatchObject({ code: 'bad-input', field: 'path' })
  })
})

describe('the door for other features', () => {
  test('tells which files of a template a person edited since', async () => {
    const lead = await newWorkspace()
    const write = (path: string, text: string) =>
      inTransaction(ada, (tx) =>
        writeFile(tx, { workspaceId: lead, path, text, by: { kind: 'system', name: 'import' }, fromTemplate: true }),
      )
    expect(await write('a.md', 'from template\n')).toMatchObject({ version: 1 })
    await write('b.md', 'from template\n')
    await save(ada, 'b.md', 'edited\n', 1, lead)
    expect(await write('a.md', 'from template\n')).toMatchObject({ version: 1 })
    const states = await inSnapshot(ada.db, ada.orgId, (reader) => editedSinceTemplate(reader, [lead]))
    expect(states.map(({ path, isEdited }) => [path, isEdited])).toEqual([
      ['a.md', false],
      ['b.md', true],
      ['config.yaml', true],
      ['system-prompt.md', true],
    ])
    expect(states[0]?.hash).toBe(createHash('sha256').update('from template\n').digest('hex'))
    const head = await inSnapshot(ada.db, ada.orgId, (reader) => readHead(reader, lead, 'b.md'))
    expect(head).toMatchObject({ version: 2, text: 'edited\n' })
  })

  test('a write that comes late never reaches a deleted workspace', async () => {
    const lead = await newWorkspace()
    await inTransaction(ada, (tx) =>
      tx.rows(sql`update workspaces set deleted_at = now() where org_id = ${tx.orgId} and id = ${lead}`),
    )
    expect(await failure(save(ada, promptPath, 'late\n', 1, lead))).toMatchObject({ code: 'not-found' })
    expect(await failure(readFile(ada, at(promptPath, lead)))).toMatchObject({ code: 'not-found' })
    const [row] = await readRows<{ head: number }>(
      ada.db,
      ada.orgId,
      sql`select head from files where workspace_id = ${lead} and path = ${promptPath}`,
    )
    expect(row?.head).toBe(1)
  })
})

describe('renaming', () => {
  test('keeps the history and tells both paths', async () => {
    await save(ada, 'draft.md', 'one\n', 0)
    await save(ada, 'draft.md', 'two\n', 1)
    const renamed = await renameFile(bob, { ...at('draft.md'), to: 'notes/final.md' })
    expect(renamed).toMatchObject({ file: { path: 'notes/final.md', version: 2 }, text: 'two\n' })
    expect(await listVersions(ada, at('notes/final.md'))).toMatchObject([{ version: 2 }, { version: 1 }])
    expect(await failure(readFile(ada, at('draft.md')))).toMatchObject({ code: 'not-found' })
    const [told] = await readRows<{ payload: object }>(
      ada.db,
      ada.orgId,
      sql`select payload from events where payload ->> 'fromPath' = 'draft.md'`,
    )
    expect(told?.payload).toMatchObject({ path: 'notes/final.md', fromPath: 'draft.md', fileId: renamed.file.id })
    expect((await save(ada, 'draft.md', 'a new one\n', 0)).file.version).toBe(1)
  })

  test('over a file that is there is refused, and over its own name does nothing', async () => {
    await save(ada, 'a-name.md', 'a\n', 0)
    await save(ada, 'b-name.md', 'b\n', 0)
    const error = await failure(renameFile(ada, { ...at('a-name.md'), to: 'b-name.md' }))
    expect(error).toMatchObject({ code: 'conflict', field: 'to' })
    expect((await renameFile(ada, { ...at('a-name.md'), to: 'a-name.md' })).file.path).toBe('a-name.md')
  })

  test.each([configPath, promptPath])('%s keeps its name', async (path) => {
    expect(await failure(renameFile(ada, { ...at(path), to: 'x.md' }))).toMatchObject({ code: 'bad-input' })
  })
})

describe('who may', () => {
  test('a viewer reads and changes nothing', async () => {
    const viewer = await makeMember(ada, 'viewer')
    await save(ada, 'seen.md', 'text\n', 0)
    expect((await readFile(viewer, at('seen.md'))).text).toBe('text\n')
    const acts = [
      save(viewer, 'seen.md', 'mine\n', 1),
      restoreVersion(viewer, { ...at('seen.md'), version: 1 }),
      renameFile(viewer, { ...at('seen.md'), to: 'mine.md' }),
      deleteFile(viewer, at('seen.md')),
    ]
    for (const error of await Promise.all(acts.map(failure))) expect(error).toMatchObject({ code: 'forbidden' })
  })

  test('all texts of a workspace are read together, as many as fit, and those that do not are named', async () => {
    const place = await newWorkspace()
    await save(ada, 'a.py', 'print(1)\n', 0, place)
    await save(ada, 'a.py', 'print(2)\n', 1, place)
    await save(ada, 'm.txt', 'm'.repeat(maxTextsChars), 0, place)
    await save(ada, 'z.txt', 'z', 0, place)
    const { files, leftOut } = await readTexts(ada, place)
    expect(files.find(({ path }) => path === 'a.py')).toEqual({ path: 'a.py', version: 2, text: 'print(2)\n' })
    expect(leftOut).toEqual(['m.txt', promptPath, 'z.txt'])
  })

  test('ids of another org are not found, by every procedure', async () => {
    const stranger = await makeOrg(testDb.db, { name: 'Other' })
    const user = stranger.actor.kind === 'person' ? { id: stranger.actor.userId, name: 'Stranger' } : null
    const caller = createCaller(filesRouter)({ db: testDb.db, user })
    for (const orgId of [stranger.orgId, ada.orgId]) {
      const input = { orgId, workspaceId, path: promptPath }
      const asked = [
        caller.list(input),
        caller.read(input),
        caller.versions(input),
        caller.texts(input),
        caller.save({ ...input, text: 'mine', baseVersion: 1 }),
        caller.save({ ...input, path: 'new.md', text: 'mine', baseVersion: 0 }),
        caller.restore({ ...input, version: 1 }),
        caller.rename({ ...input, path: 'race.md', to: 'stolen.md' }),
        caller.delete({ ...input, path: 'race.md' }),
      ]
      for (const outcome of await Promise.allSettled(asked)) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } })
      }
    }
    expect((await readFile(ada, at(promptPath))).file.version).toBe(1)
  })
})
