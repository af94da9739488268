import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { maxDraftBytes, type SharedDraft } from '#shared/drafts/contract.ts'
import { replaceText, seedDoc, textOf } from '#shared/drafts/text-doc.ts'
import { SaveConflict } from '#shared/files/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction, readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { writeFile } from '../files/index.ts'
import { pushDraft } from './push-draft.ts'
import { followSaved, readDraft } from './read-draft.ts'
import { saveDraft } from './save-draft.ts'

let testDb: TestDb
let ada: OrgContext
let bob: OrgContext
let viewer: OrgContext
let stranger: OrgContext
let workspaceId: WorkspaceId
let files = 0

beforeAll(async () => {
  testDb = await openTestDb()
  const owner = await makeOrg(testDb.db)
  ada = await makeMember(owner, 'member', 'Ada')
  bob = await makeMember(owner, 'member', 'Bob')
  viewer = await makeMember(owner, 'viewer', 'Vic')
  stranger = await makeOrg(testDb.db, { name: 'Another' })
  const { Lead } = await makeWorkspaces(owner, { Lead: {} })
  if (!Lead) throw new Error('no workspace was made')
  workspaceId = Lead
})
afterAll(() => testDb.close())

function at(path: string, context = ada) {
  return { orgId: context.orgId, workspaceId, path }
}

async function newFile(text: string): Promise<string> {
  files += 1
  const path = `notes/${files}.md`
  await saveOutside(ada, path, text)
  return path
}

/** As an import, an agent or the command line does, which know nothing of what is typed. */
async function saveOutside(context: OrgContext, path: string, text: string): Promise<void> {
  await inTransaction(context, (tx) => writeFile(tx, { workspaceId, path, text, by: context.actor }))
}

/** Who saved each version, newest first. */
async function authorsOf(path: string): Promise<string[]> {
  const rows = await readRows<{ name: string }>(
    ada.db,
    ada.orgId,
    sql`select v.saved_by_name as name from file_versions v join files f on f.org_id = v.org_id and f.id = v.file_id
         where f.path = ${path} order by v.version desc`,
  )
  return rows.map(({ name }) => name)
}

function base64(update: Uint8Array): string {
  return Buffer.from(update).toString('base64')
}

/** A page that has the file open. */
async function open(context: OrgContext, path: string) {
  const first = await readDraft(context, at(path))
  const doc = seedDoc(first.root.text)
  const root = first.root.version
  const take = ({ update }: Pick<SharedDraft, 'update'>) => {
    if (update !== '') Y.applyUpdate(doc, Buffer.from(update, 'base64'))
  }
  take(first)
  const have = () => ({ root, vector: base64(Y.encodeStateVector(doc)) })
  return {
    root,
    text: () => textOf(doc).toString(),
    write: (text: string) => replaceText(textOf(doc), text, 'typed'),
    /** All of it: what the server has already changes nothing. */
    everything: () => base64(Y.encodeStateAsUpdate(doc)),
    async push() {
      return await pushDraft(context, { ...at(path), root, update: this.everything() })
    },
    async pull() {
      take(await readDraft(context, { ...at(path), have: have() }))
    },
    async save(over?: number) {
      return await saveDraft(context, { ...at(path), root, update: this.everything(), ...(over && { over }) })
    },
  }
}

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('expected an AppError', { cause: error })
  return error
}

describe('what is typed', () => {
  test('is there again in another browser, unsaved', async () => {
    const path = await newFile('one\n')
    const page = await open(ada, path)
    page.write('one\nhalf a sent')
    await page.push()

    const later = await readDraft(ada, at(path))
    expect(later).toMatchObject({ base: { version: 1, text: 'one\n' }, seq: 1, authors: ['Ada'], theirs: null })
    expect((await open(ada, path)).text()).toBe('one\nhalf a sent')
    expect(await authorsOf(path)).toEqual(['Ada'])
  })

  test('by two who had not heard of each other joins, each once', async () => {
    const path = await newFile('one\ntwo\n')
    const [hers, his] = [await open(ada, path), await open(bob, path)]
    hers.write('ONE\ntwo\n')
    his.write('one\ntwo\nthree\n')
    await his.push()
    await hers.push()
    await hers.push()
    for (const page of [hers, his]) await page.pull()
    expect(hers.text()).toBe('ONE\ntwo\nthree\n')
    expect(his.text()).toBe(hers.text())
    expect((await readDraft(ada, at(path))).authors).toEqual(['Bob', 'Ada'])
  })

  test('is put together from time to time, and still the same', async () => {
    const path = await newFile('')
    const page = await open(ada, path)
    for (let n = 0; n < 105; n++) {
      page.write(`${page.text()}${n} `)
      await page.push()
    }
    const [kept] = await readRows<{ count: number }>(
      ada.db,
      ada.orgId,
      sql`select count(*)::int as count from draft_updates u
            join files f on f.org_id = u.org_id and f.id = u.file_id where f.path = ${path}`,
    )
    expect(kept?.count).toBeLessThan(10)
    expect((await open(bob, path)).text()).toBe(page.text())
  })

  test('converges in any order, with pieces sent twice or late', async () => {
    const edit = fc.record({ who: fc.boolean(), at: fc.nat(40), cut: fc.nat(3), text: fc.string({ maxLength: 4 }) })
    const step = fc.oneof(edit, fc.constantFrom('push-a', 'push-b', 'pull-a', 'pull-b', 'again' as const))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const path = await newFile('The quick brown fox\njumps over\n')
        const [a, b] = [await open(ada, path), await open(bob, path)]
        const sent: string[] = []
        const push = async (page: typeof a) => {
          sent.push(page.everything())
          await page.push()
        }
        for (const one of steps) {
          if (one === 'push-a') await push(a)
          else if (one === 'push-b') await push(b)
          else if (one === 'pull-a') await a.pull()
          else if (one === 'pull-b') await b.pull()
          else if (one === 'again') {
            const [first] = sent
            if (first) await pushDraft(bob, { ...at(path), root: a.root, update: first })
          } else if (typeof one !== 'string') {
            const page = one.who ? a : b
            const now = page.text()
            page.write(now.slice(0, one.at) + one.text + now.slice(one.at + one.cut))
          }
        }
        await push(a)
        await push(b)
        for (const page of [a, b]) await page.pull()
        expect(a.text()).toBe(b.text())
        expect((await open(viewer, path)).text()).toBe(a.text())
      }),
      { numRuns: 25 },
    )
  })
})

describe('saving', () => {
  test('is a version of all who typed, and clears what was unsaved', async () => {
    const path = await newFile('one\n')
    const [hers, his] = [await open(ada, path), await open(bob, path)]
    his.write('one\ntwo\n')
    await his.push()
    hers.write('ONE\n')
    const saved = await hers.save()
    expect(saved).toMatchObject({ text: 'ONE\ntwo\n', file: { version: 2, savedBy: 'Ada with Bob' } })
    expect(await readDraft(bob, at(path))).toMatchObject({
      base: { version: 2, text: saved.text },
      authors: [],
    })

    await his.pull()
    his.write(`${his.text()}three\n`)
    expect((await his.save()).file).toMatchObject({ version: 3, savedBy: 'Bob' })
    expect(await authorsOf(path)).toEqual(['Bob', 'Ada with Bob', 'Ada'])
  })

  test('takes in what was saved from outside where it is in other lines', async () => {
    const path = await newFile('one\ntwo\nthree\n')
    const page = await open(ada, path)
    page.write('one\ntwo\nthree\nmine\n')
    await page.push()
    await saveOutside(bob, path, 'ONE\ntwo\nthree\n')
    expect(await readDraft(ada, at(path))).toMatchObject({
      base: { version: 1 },
      theirs: { version: 2, savedBy: 'Bob' },
    })

    expect(await followSaved(ada, at(path))).toMatchObject({ base: { version: 2 }, theirs: null, authors: ['Ada'] })
    await page.pull()
    expect(page.text()).toBe('ONE\ntwo\nthree\nmine\n')
    expect((await page.save()).file).toMatchObject({ version: 3, savedBy: 'Ada' })
  })

  test('never goes over other words in the same line: it answers with both, until a person chose', async () => {
    const path = await newFile('one\n')
    const page = await open(ada, path)
    page.write('mine\n')
    await saveOutside(bob, path, 'theirs\n')
    const error = await failure(page.save())
    expect(error.code).toBe('conflict')
    expect(SaveConflict.parse(error.data)).toMatchObject({
      theirs: { version: 2, text: 'theirs\n', savedBy: 'Bob' },
      base: { version: 1, text: 'one\n' },
    })
    await page.push()
    expect(await followSaved(ada, at(path))).toMatchObject({ base: { version: 1 }, theirs: { text: 'theirs\n' } })
    expect(await page.save(2)).toMatchObject({ text: 'mine\n', file: { version: 3 } })
  })

  test('of a text typed in very many pieces begins a new document, and who typed over the old one is told', async () => {
    const path = await newFile('one\n')
    const [page, other] = [await open(ada, path), await open(bob, path)]
    const doc = new Y.Doc()
    for (let n = 0; n < 60_000; n++) textOf(doc).insert(0, 'y')
    await pushDraft(ada, { ...at(path), root: 1, update: base64(Y.encodeStateAsUpdate(doc)) })
    const saved = await page.save()
    expect(saved).toMatchObject({ root: 2, file: { version: 2, bytes: 60_004 } })
    other.write('one\nlate\n')
    expect(await failure(other.push())).toMatchObject({ code: 'conflict', field: 'root' })
    expect((await open(bob, path)).text()).toBe(saved.text)
  })
})

describe('refused is', () => {
  test('who may only read, and who is of another org', async () => {
    const path = await newFile('one\n')
    const page = await open(viewer, path)
    page.write('not me')
    expect((await failure(page.push())).code).toBe('forbidden')
    expect((await failure(page.save())).code).toBe('forbidden')
    expect((await failure(followSaved(viewer, at(path)))).code).toBe('forbidden')

    expect((await failure(readDraft(stranger, at(path, stranger)))).code).toBe('not-found')
    const theirs = { ...at(path, stranger), root: 1, update: page.everything() }
    expect((await failure(pushDraft(stranger, theirs))).code).toBe('not-found')
    expect((await failure(saveDraft(stranger, theirs))).code).toBe('not-found')
    expect((await readDraft(ada, at(path))).seq).toBe(0)
  })

  test('what is no text: broken bytes, and other kinds of content', async () => {
    const path = await newFile('one\n')
    const map = new Y.Doc()
    map.getMap('other').set('key', 'value')
    const embedded = new Y.Doc()
    textOf(embedded).insertEmbed(0, { image: 'https://example.org' })
    const updates = [Uint8Array.of(9, 9, 9, 9), Y.encodeStateAsUpdate(map), Y.encodeStateAsUpdate(embedded)]
    for (const update of updates) {
      const error = await failure(pushDraft(ada, { ...at(path), root: 1, update: base64(update) }))
      expect(error).toMatchObject({ code: 'bad-input', field: 'update' })
    }
    expect((await open(ada, path)).text()).toBe('one\n')
  })

  test('a document of no version there is, and more than is kept unsaved', async () => {
    const path = await newFile('one\n')
    const page = await open(ada, path)
    const update = page.everything()
    expect((await failure(pushDraft(ada, { ...at(path), root: 7, update }))).code).toBe('conflict')

    const doc = new Y.Doc()
    const push = async (size: number) => {
      const before = Y.encodeStateVector(doc)
      textOf(doc).insert(0, 'x'.repeat(size))
      await pushDraft(ada, { ...at(path), root: 1, update: base64(Y.encodeStateAsUpdate(doc, before)) })
    }
    for (let size = 0; size + 1_500_000 < maxDraftBytes; size += 1_500_000) await push(1_500_000)
    expect(await failure(push(1_500_000))).toMatchObject({ code: 'too-large' })
    expect((await failure(saveDraft(ada, { ...at(path), root: 1, update: null }))).code).toBe('too-large')
  })
})
