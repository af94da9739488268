import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configPath, promptPath } from '#shared/files/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { OrgEvent } from '#shared/org-event.ts'
import type { CreateWorkspace, Workspace } from '#shared/workspaces/contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction, readRow, readRows, type Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { createCaller } from '../../kernel/trpc.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { readHead, writeFile } from '../files/index.ts'
import { configureWorkspace } from './configure-workspace.ts'
import { createWorkspace } from './create-workspace.ts'
import { deleteWorkspace } from './delete-workspace.ts'
import { insertWorkspace } from './insert-workspace.ts'
import { listWorkspaces } from './list-workspaces.ts'
import { requireWorkspace } from './load-chart.ts'
import { placeWorkspaces } from './place-workspaces.ts'
import { renameWorkspace } from './rename-workspace.ts'
import { restoreWorkspaces } from './restore-workspaces.ts'
import { workspacesRouter } from './router.ts'
import { setParent, updateFromTemplate } from './set-parent.ts'
import { markDeleted } from './store.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

async function team() {
  const context = await makeOrg(testDb.db)
  const { orgId } = context
  const ids = await makeWorkspaces(context, { Lead: { Research: { Reader: {}, Analyst: {} }, Build: {} } })
  const id = (name: string) => WorkspaceId.parse(ids[name])
  const chart = async () => Object.fromEntries((await list()).map(({ name, parentId }) => [name, nameOf(parentId)]))
  const nameOf = (asked: string | null) => Object.keys(ids).find((name) => ids[name] === asked) ?? null
  const list = async () => (await listWorkspaces(context)).workspaces
  const one = async (name: string) => (await list()).find((workspace) => workspace.id === id(name))
  return { context, orgId, id, chart, one, nameOf }
}

function create(context: OrgContext, given: Partial<CreateWorkspace>): Promise<Workspace> {
  const { orgId } = context
  return createWorkspace(context, { orgId, name: 'New', role: '', parentId: null, position: null, ...given })
}

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('expected an AppError', { cause: error })
  return error
}

/** Events since a number, each held against the schema that readers parse with. */
async function toldSince({ db, orgId }: OrgContext, seq: number): Promise<[string, object][]> {
  const rows = await readRows(
    db,
    orgId,
    sql`select org_id as "orgId", seq::int, id, type, version, at, actor, payload,
               jsonb_build_object('id', chain_id, 'depth', chain_depth) as chain
          from events where seq > ${seq} order by seq`,
  )
  return rows.map((row) => {
    const { type, payload } = OrgEvent.parse({ ...row, at: row.at instanceof Date ? row.at.toISOString() : row.at })
    return [type, payload]
  })
}

async function headSeq(context: OrgContext): Promise<number> {
  return (await listWorkspaces(context)).seq
}

function textOf({ db, orgId }: OrgContext, id: WorkspaceId, path: string): Promise<string | undefined> {
  return inSnapshot(db, orgId, async (reader) => (await readHead(reader, id, path))?.text)
}

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

describe('deleting', () => {
  test('a team needs exactly those below it confirmed', async () => {
    const { context, orgId, id, chart } = await team()
    const workspaceId = id('Research')
    const error = await failure(deleteWorkspace(context, { orgId, workspaceId, confirmed: [id('Reader')] }))
    expect(error).toMatchObject({
      ...{ code: 'conflict', message: 'Deleting Research also deletes Reader and Analyst.' },
      data: {
        descendants: [
          { id: id('Reader'), name: 'Reader' },
          { id: id('Analyst'), name: 'Analyst' },
        ],
      },
    })
    const seq = await headSeq(context)
    await deleteWorkspace(context, { orgId, workspaceId, confirmed: [id('Analyst'), id('Reader')] })
    expect(await chart()).toEqual({ Lead: null, Build: 'Lead' })
    expect(await toldSince(context, seq)).toEqual(
      ['Research', 'Reader', 'Analyst'].map((name) => ['workspace.deleted', { workspaceId: id(name) }]),
    )
    const again = await failure(deleteWorkspace(context, { orgId, workspaceId, confirmed: [] }))
    expect(again.code).toBe('not-found')
  })

  test('a team that shrank meanwhile asks again', async () => {
    const { context, orgId, id } = await team()
    const act = deleteWorkspace(context, { orgId, workspaceId: id('Build'), confirmed: [id('Reader')] })
    expect(await failure(act)).toMatchObject({ code: 'conflict', data: { descendants: [] } })
  })

  test('wakes the work of everybody deleted, so that the engine ends it', async () => {
    const { context, orgId, id } = await team()
    const delegationId = randomUUID()
    await inTransaction(context, async (tx) => {
      await tx.rows(sql`
        insert into delegations (org_id, id, root_id, workspace_id, requester, requester_name, task, priority, state,
                                 waiting_for, is_rehearsal, step_limit, chain_id, depth)
        values (${orgId}, ${delegationId}, ${delegationId}, ${id('Reader')}, '{}', 'x', 'x', 50, 'waiting', 'input',
                true, 25, ${delegationId}, 0)`)
      await tx.rows(
        sql`insert into ready (org_id, delegation_id, wakes, seen) values (${orgId}, ${delegationId}, 1, 1)`,
      )
    })
    const confirmed = [id('Reader'), id('Analyst')]
    await deleteWorkspace(context, { orgId, workspaceId: id('Research'), confirmed })
    const ready = await readRow<{ due: boolean }>(
      context.db,
      orgId,
      sql`select wakes > seen and wake_at <= now() as due from ready where delegation_id = ${delegationId}`,
    )
    expect(ready?.due).toBe(true)
  })

  test('nothing that comes late brings a deleted workspace back', async () => {
    const { context, orgId, id, chart } = await team()
    const workspaceId = id('Build')
    await deleteWorkspace(context, { orgId, workspaceId, confirmed: [] })
    const seq = await headSeq(context)
    const acts = [
      renameWorkspace(context, { orgId, workspaceId, name: 'Late' }),
      configureWorkspace(context, { orgId, workspaceId, role: 'Late' }),
      placeWorkspaces(context, { orgId, positions: [{ workspaceId, position: null }] }),
      create(context, { parentId: workspaceId }),
      inTransaction(context, (tx) => writeFile(tx, { workspaceId, path: 'late.md', text: 'x', by: context.actor })),
      inTransaction(context, (tx) =>
        setParent(tx, { workspaceId, fromParentId: id('Lead'), toParentId: null, position: null }),
      ),
      inTransaction(context, (tx) => updateFromTemplate(tx, { workspaceId, declared: {} })),
    ]
    for (const error of await Promise.all(acts.map(failure))) expect(error).toMatchObject({ code: 'not-found' })
    expect(await chart()).not.toHaveProperty('Build')
    expect(await toldSince(context, seq)).toEqual([])
  })

  test('a save that meets a deletion under way waits for it and is refused', async () => {
    const { context, id, chart } = await team()
    const workspaceId = id('Build')
    const { save, outcome } = await inTransaction(context, async (tx) => {
      await markDeleted(tx, [workspaceId])
      const saving = failure(
        inTransaction(context, (other) =>
          writeFile(other, { workspaceId, path: 'race.md', text: 'x', by: context.actor }),
        ),
      )
      return { save: saving, outcome: await Promise.race([saving.catch(() => 'saved'), waiting(tx)]) }
    })
    expect(outcome).toBe('waits')
    expect(await save).toMatchObject({ code: 'not-found' })
    expect(await chart()).not.toHaveProperty('Build')
    expect(await textOf(context, workspaceId, 'race.md')).toBeUndefined()
  })
})

/** Settles when another session of this database waits for a row. */
async function waiting(tx: Tx): Promise<'waits'> {
  const found = await tx.row(sql`select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`)
  return found ? 'waits' : await waiting(tx)
}

describe('restoring', () => {
  test('brings a team back as it was, with its files, parents first', async () => {
    const { context, orgId, id, chart } = await team()
    const before = await chart()
    const names = ['Research', 'Reader', 'Analyst']
    await deleteWorkspace(context, { orgId, workspaceId: id('Research'), confirmed: [id('Reader'), id('Analyst')] })
    const seq = await headSeq(context)
    const workspaceIds = names.toReversed().map(id)
    expect((await restoreWorkspaces(context, { orgId, workspaceIds })).restored).toHaveLength(3)
    expect(await chart()).toEqual(before)
    const told = await toldSince(context, seq)
    expect(told[0]).toEqual(['workspace.restored', { workspaceId: id('Research') }])
    expect(told).toHaveLength(3)
    expect(await textOf(context, id('Reader'), promptPath)).toBe('You are Reader.\n')
    expect(await restoreWorkspaces(context, { orgId, workspaceIds })).toEqual({ restored: [] })
  })

  test('makes a root of those whose parent is still gone, and tells so', async () => {
    const { context, orgId, id, chart } = await team()
    await deleteWorkspace(context, { orgId, workspaceId: id('Research'), confirmed: [id('Reader'), id('Analyst')] })
    const seq = await headSeq(context)
    await restoreWorkspaces(context, { orgId, workspaceIds: [id('Reader')] })
    expect(await chart()).toEqual({ Lead: null, Build: 'Lead', Reader: null })
    expect(await toldSince(context, seq)).toMatchObject([
      ['workspace.restored', { workspaceId: id('Reader') }],
      ['workspace.moved', { workspaceId: id('Reader'), fromParentId: id('Research'), toParentId: null }],
    ])
    await restoreWorkspaces(context, { orgId, workspaceIds: [id('Research')] })
    expect(await chart()).toEqual({ Lead: null, Build: 'Lead', Reader: null, Research: 'Lead' })
  })

  test('one unknown id restores nothing', async () => {
    const { context, orgId, id, chart } = await team()
    await deleteWorkspace(context, { orgId, workspaceId: id('Build'), confirmed: [] })
    const workspaceIds = [id('Build'), WorkspaceId.parse(randomUUID())]
    expect(await failure(restoreWorkspaces(context, { orgId, workspaceIds }))).toMatchObject({ code: 'not-found' })
    expect(await chart()).not.toHaveProperty('Build')
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
