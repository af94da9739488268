import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configPath, promptPath } from '#shared/files/paths.ts'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction, readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { createCaller } from '../../kernel/trpc.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { writeFile } from '../files/index.ts'
import { configureWorkspace } from './configure-workspace.ts'
import { deleteWorkspace } from './delete-workspace.ts'
import { insertWorkspace } from './insert-workspace.ts'
import { listWorkspaces } from './list-workspaces.ts'
import { requireWorkspace } from './load-chart.ts'
import { placeWorkspaces } from './place-workspaces.ts'
import { renameWorkspace } from './rename-workspace.ts'
import { restoreWorkspaces } from './restore-workspaces.ts'
import { workspacesRouter } from './router.ts'
import { updateFromTemplate } from './set-parent.ts'
import { create, failure, headSeq, makeTeam, textOf, toldSince } from './team.fixture.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())
const team = () => makeTeam(testDb.db)

describe('creating', () => {
  test('gives a workspace with a prompt and a config, and tells it', async () => {
    const { context, id } = await team()
    const seq = await headSeq(context)
    const position = { x: 12.345678901234567, y: -7 }
    const made = await create(context, {
      name: 'Writer',
      role: 'Writes: #1',
      model: 'a:b',
      parentId: id('Lead'),
      position,
    })
    expect(made).toEqual({
      id: made.id,
      parentId: id('Lead'),
      ...{ name: 'Writer', role: 'Writes: #1', runtime: 'native', model: 'a:b', tier: 2, status: 'online' },
      ...{ maxConcurrentTasks: 1, position, marks: [], createdAt: made.createdAt },
      ...{ isPausedHere: false, isFrozen: false, isFrozenHere: false },
    })
    expect((await listWorkspaces(context)).workspaces).toContainEqual(made)
    expect(await textOf(context, made.id, promptPath)).toMatch(/^You are Writer\.\n\nYour role: Writes: #1\n/)
    expect(await toldSince(context, seq)).toMatchObject([
      ['workspace.created', { workspaceId: made.id, parentId: id('Lead'), name: 'Writer', position }],
      ['file.saved', { path: promptPath, version: 1 }],
      ['file.saved', { path: configPath, version: 1 }],
    ])
  })

  test.each([
    '<script>alert("x")</script>',
    '👩‍🚀 Ånna',
    'עברית \u202E العربية',
    "O'Brien; drop table workspaces",
    '<%= 1 + 1 %>',
    '*x: [y',
  ])('keeps the name and role %j as they are', async (words) => {
    const { context } = await team()
    const made = await create(context, { name: words, role: words })
    expect(made).toMatchObject({ name: words, role: words })
    const renamed = await renameWorkspace(context, { orgId: context.orgId, workspaceId: made.id, name: `${words}!` })
    expect(renamed).toMatchObject({ name: `${words}!`, role: words })
  })

  test('below a parent that is gone, of another org or at the bottom is refused', async () => {
    const { context, orgId, id } = await team()
    const other = await team()
    await deleteWorkspace(context, { orgId, workspaceId: id('Build'), confirmed: [] })
    for (const parentId of [id('Build'), other.id('Lead'), WorkspaceId.parse(randomUUID())]) {
      expect(await failure(create(context, { parentId }))).toMatchObject({ code: 'not-found', field: 'parentId' })
    }
    let parentId: WorkspaceId | null = null
    for (let level = 1; level <= 32; level++) parentId = (await create(context, { name: `L${level}`, parentId })).id
    expect(await failure(create(context, { parentId }))).toMatchObject({ code: 'bad-input', field: 'parentId' })
  })

  test('over the quota is refused', async () => {
    const { context } = await team()
    await inTransaction(context, (tx) =>
      tx.rows(sql`insert into workspaces (org_id, id, name)
                  select ${tx.orgId}, gen_random_uuid(), 'W' || n from generate_series(1, 4995) n`),
    )
    expect(await failure(create(context, {}))).toMatchObject({
      code: 'too-large',
      message: 'An organisation may hold at most 5000 workspaces.',
    })
  })
})

describe('the config is the one truth', () => {
  test('what it says is what is listed, and a name in it wins', async () => {
    const { context, orgId, id, one } = await team()
    const text =
      '# mine\nname: Dr. Reader   # nick\nrole: Reads\nmodel: x:y\nruntime: crew\ntier: 4\nmax_concurrent_tasks: 3\nmax_steps: 7\n'
    await inTransaction(context, (tx) =>
      writeFile(tx, { workspaceId: id('Reader'), path: configPath, text, by: context.actor }),
    )
    expect(await one('Reader')).toMatchObject({
      ...{ name: 'Dr. Reader', role: 'Reads', model: 'x:y', runtime: 'crew', tier: 4, maxConcurrentTasks: 3 },
    })
    const living = await inSnapshot(context.db, orgId, (reader) => requireWorkspace(reader, id('Reader')))
    expect(living.maxSteps).toBe(7)

    const seq = await headSeq(context)
    await renameWorkspace(context, { orgId, workspaceId: id('Reader'), name: 'Prof. Reader' })
    expect(await textOf(context, id('Reader'), configPath)).toBe(text.replace('Dr. Reader', 'Prof. Reader'))
    expect(await toldSince(context, seq)).toMatchObject([
      ['file.saved', { workspaceId: id('Reader'), path: configPath, version: 3 }],
      ['workspace.renamed', { workspaceId: id('Reader'), name: 'Prof. Reader' }],
    ])
  })

  test('a rename without a name in it changes the chart alone; the same name again changes nothing', async () => {
    const { context, orgId, id, one } = await team()
    const seq = await headSeq(context)
    await renameWorkspace(context, { orgId, workspaceId: id('Reader'), name: 'Librarian' })
    await renameWorkspace(context, { orgId, workspaceId: id('Reader'), name: 'Librarian' })
    expect(await one('Reader')).toMatchObject({ name: 'Librarian' })
    expect(await toldSince(context, seq)).toEqual([
      ['workspace.renamed', { workspaceId: id('Reader'), name: 'Librarian' }],
    ])
  })

  test('configuring edits its text, keeps its comments and makes a version', async () => {
    const { context, orgId } = await team()
    const { id } = await create(context, { name: 'Writer', role: 'Old' })
    const before = (await textOf(context, id, configPath)) ?? ''
    const changed = await configureWorkspace(context, { orgId, workspaceId: id, role: 'New: better', model: 'a:b' })
    expect(changed).toMatchObject({ role: 'New: better', model: 'a:b' })
    expect(await textOf(context, id, configPath)).toBe(
      before.replace('role: Old', 'role: "New: better"').replace('model: rehearsal', 'model: a:b'),
    )
  })

  test('configuring and saving at the same time loses neither', async () => {
    const { context, orgId, id } = await team()
    const workspaceId = id('Lead')
    const acts = Array.from({ length: 8 }, (_, n) =>
      n % 2
        ? configureWorkspace(context, { orgId, workspaceId, role: `Role ${n}` })
        : configureWorkspace(context, { orgId, workspaceId, model: `m:${n}` }),
    )
    await Promise.all(acts)
    const [row] = await readRows<{ head: number }>(
      context.db,
      orgId,
      sql`select head from files where workspace_id = ${workspaceId} and path = ${configPath}`,
    )
    expect(row?.head).toBe(9)
    expect(await textOf(context, workspaceId, configPath)).toMatch(/^model: "?m:\d"?\nrole: Role \d\n$/)
  })
})

describe('placing', () => {
  test('keeps where cards lie, in events of at most fifty that fit the log', async () => {
    const context = await makeOrg(testDb.db)
    const tree = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`W${n}`, {}]))
    const ids = await makeWorkspaces(context, tree)
    const positions = Object.values(ids).map((workspaceId) => ({
      workspaceId,
      position: { x: Math.random() * 1e9, y: -Math.random() / 1e9 },
    }))
    const seq = await headSeq(context)
    await placeWorkspaces(context, { orgId: context.orgId, positions })
    const told = await toldSince(context, seq)
    expect(told).toEqual(
      [0, 50, 100].map((start) => ['workspace.placed', { positions: positions.slice(start, start + 50) }]),
    )
    const listed = (await listWorkspaces(context)).workspaces
    expect(listed.map(({ id, position }) => ({ workspaceId: id, position }))).toEqual(positions)
    const [first] = positions
    if (first) await placeWorkspaces(context, { orgId: context.orgId, positions: [{ ...first, position: null }] })
    expect((await listWorkspaces(context)).workspaces[0]?.position).toBeNull()
  })

  test('is all or nothing', async () => {
    const { context, orgId, id, one } = await team()
    const position = { x: 1, y: 2 }
    const positions = [id('Lead'), WorkspaceId.parse(randomUUID())].map((workspaceId) => ({ workspaceId, position }))
    expect(await failure(placeWorkspaces(context, { orgId, positions }))).toMatchObject({ code: 'not-found' })
    expect((await one('Lead'))?.position).toBeNull()
  })
})

describe('workspaces of a template', () => {
  const template = { name: 'lab', path: 'Lead', declared: { requiredEnv: [['A_KEY'], ['B_KEY', 'C_KEY']] } }
  const insert = (context: OrgContext) =>
    inTransaction(context, (tx) =>
      insertWorkspace(tx, {
        ...{ name: 'Lead', parentId: null, position: null, by: { kind: 'system', name: 'import' }, template },
        files: [
          { path: configPath, text: 'name: Boss\nrole: Leads\n' },
          { path: 'docs/a.md', text: 'x\n' },
        ],
      }),
    )

  test('start with its files, and show which keys they need', async () => {
    const context = await makeOrg(testDb.db)
    const made = await insert(context)
    expect(made).toMatchObject({ name: 'Boss', role: 'Leads', marks: ['needs A_KEY', 'needs B_KEY or C_KEY'] })
    expect(await textOf(context, made.id, promptPath)).toContain('You are Lead.')
    await inTransaction(context, (tx) =>
      updateFromTemplate(tx, { workspaceId: made.id, declared: {}, position: { x: 1, y: 2 } }),
    )
    expect((await listWorkspaces(context)).workspaces).toMatchObject([{ marks: [], position: { x: 1, y: 2 } }])
  })

  test('restored after the template was imported again, it is one of nobody', async () => {
    const context = await makeOrg(testDb.db)
    const { orgId } = context
    const { id } = await insert(context)
    await deleteWorkspace(context, { orgId, workspaceId: id, confirmed: [] })
    await insert(context)
    await restoreWorkspaces(context, { orgId, workspaceIds: [id] })
    const rows = await readRows(context.db, orgId, sql`select template from workspaces order by template nulls last`)
    expect(rows).toEqual([{ template: 'lab' }, { template: null }])
  })
})

describe('who may', () => {
  test('a viewer sees the list and changes nothing', async () => {
    const { context, orgId, id } = await team()
    const viewer = await makeMember(context, 'viewer')
    const workspaceId = id('Build')
    expect(await listWorkspaces(viewer)).toEqual(await listWorkspaces(context))
    const acts = [
      create(viewer, {}),
      renameWorkspace(viewer, { orgId, workspaceId, name: 'x' }),
      configureWorkspace(viewer, { orgId, workspaceId, role: 'x' }),
      placeWorkspaces(viewer, { orgId, positions: [{ workspaceId, position: null }] }),
      deleteWorkspace(viewer, { orgId, workspaceId, confirmed: [] }),
      restoreWorkspaces(viewer, { orgId, workspaceIds: [workspaceId] }),
    ]
    for (const error of await Promise.all(acts.map(failure))) expect(error).toMatchObject({ code: 'forbidden' })
  })

  test('ids of another org are not found, by every procedure', async () => {
    const theirs = await team()
    const { context, orgId } = await team()
    const user = context.actor.kind === 'person' ? { id: context.actor.userId, name: 'Stranger' } : null
    const caller = createCaller(workspacesRouter)({ db: testDb.db, user })
    await expect(caller.list({ orgId: theirs.orgId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const workspaceId = theirs.id('Build')
    for (const asked of [orgId, theirs.orgId]) {
      const input = { orgId: asked, workspaceId }
      const acts = [
        caller.create({ orgId: asked, name: 'x', parentId: workspaceId }),
        caller.rename({ ...input, name: 'x' }),
        caller.configure({ ...input, role: 'x' }),
        caller.place({ orgId: asked, positions: [{ workspaceId, position: null }] }),
        caller.delete({ ...input, confirmed: [] }),
        caller.restore({ orgId: asked, workspaceIds: [workspaceId] }),
      ]
      for (const outcome of await Promise.allSettled(acts)) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } })
      }
    }
    expect(await theirs.chart()).toHaveProperty('Build', 'Lead')
  })
})
