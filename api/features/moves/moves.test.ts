import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '#shared/kernel/app-error.ts'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { MoveWorkspaces } from '#shared/moves/contract.ts'
import { ancestorsOf } from '#shared/workspaces/can-communicate.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction, readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { createCaller } from '../../kernel/trpc.ts'
import { makeMember, makeOrg, makeWorkspaces, type Tree } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { writeFile } from '../files/index.ts'
import { loadChart } from '../workspaces/index.ts'
import { moveWorkspaces } from './move-workspaces.ts'
import { previewMoves } from './preview-moves.ts'
import { movesRouter } from './router.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

const tree: Tree = { Lead: { Research: { Reader: {}, Analyst: {} }, Build: { Tester: {} } }, Sales: {} }
const tools = ['read_file', 'write_file', 'run_code']
type Asked = Partial<MoveWorkspaces['moves'][number]>

async function team(shape = tree) {
  const context = await makeOrg(testDb.db)
  const ids = await makeWorkspaces(context, shape)
  const id = (name: string) => WorkspaceId.parse(ids[name])
  const nameOf = (asked: string | null) => Object.keys(ids).find((name) => ids[name] === asked) ?? null
  const request = (...moves: [string, string | null, Asked?][]): MoveWorkspaces => ({
    orgId: context.orgId,
    moves: moves.map(([name, to, more]) => {
      return { workspaceId: id(name), toParentId: to === null ? null : id(to), position: null, ...more }
    }),
    places: [],
  })
  const load = () => inSnapshot(context.db, context.orgId, loadChart)
  const chart = async () => {
    const { workspaces } = await load()
    return Object.fromEntries(workspaces.map(({ name, parentId }) => [name, nameOf(parentId)]))
  }
  return { context, id, request, load, chart }
}

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('expected an AppError', { cause: error })
  return error
}

function moved({ db, orgId }: OrgContext) {
  return readRows<{ payload: object }>(
    db,
    orgId,
    sql`select payload from events where type = 'workspace.moved' order by seq`,
  )
}

describe('a preview', () => {
  test('shows who moves along, whose work runs, and who gains and loses contact; it changes nothing', async () => {
    const { context, id, request, chart } = await team()
    const before = await chart()
    const delegationId = randomUUID()
    await inTransaction(context, (tx) =>
      tx.rows(sql`
        insert into delegations (org_id, id, root_id, workspace_id, requester, requester_name, task, priority, state,
                                 is_rehearsal, step_limit, chain_id, depth)
        values (${tx.orgId}, ${delegationId}, ${delegationId}, ${id('Reader')}, '{}', 'x', 'x', 50, 'running', true, 25,
                ${delegationId}, 0)`),
    )
    const contact = (name: string, relation: string) => ({ workspaceId: id(name), name, relation })
    expect(await previewMoves(context, request(['Research', 'Build']), tools)).toEqual({
      movesAlong: ['Reader', 'Analyst'],
      runningDelegations: 1,
      contacts: [
        {
          ...{ workspaceId: id('Research'), name: 'Research' },
          gains: [contact('Tester', 'sibling')],
          loses: [contact('Lead', 'parent')],
        },
      ],
      ...{ budgets: [], memory: [], tools: [], answers: [], reach: [], files: [] },
    })
    expect(await chart()).toEqual(before)
  })

  test('says which tools a rule of a team gives and takes, who answers from now on, and what a higher tier opens', async () => {
    const { context, id, request } = await team()
    const by = context.actor
    const save = (name: string, text: string) =>
      inTransaction(context, (tx) => writeFile(tx, { workspaceId: id(name), path: 'config.yaml', text, by }))
    const of = { sales: id('Sales'), keys: [randomUUID(), randomUUID(), randomUUID()] as const }
    await inTransaction(context, (tx) =>
      tx.rows(sql`
        insert into approval_rules (org_id, id, tool, effect, workspace_id, with_team, max_tier, expires_seconds, escalate,
                                    created_by)
        values (${tx.orgId}, ${of.keys[0]}, 'write_file', 'refuse', ${of.sales}, true, null, 60, 'people', 'x'),
               (${tx.orgId}, ${of.keys[1]}, 'read_file', 'ask', null, false, null, 60, 'parents-first', 'x'),
               (${tx.orgId}, ${of.keys[2]}, 'run_code', 'refuse', null, false, 2, 60, 'people', 'x')`),
    )
    await save('Sales', 'tier: 4\n')
    const shown = await previewMoves(context, request(['Research', 'Sales']), tools)
    const why = 'the rule write_file for the team of Sales refuses it'
    expect(shown.tools).toEqual(
      ['Research', 'Reader', 'Analyst'].map((name) => ({
        ...{ workspaceId: id(name), name, tools: ['write_file'], from: 'may', to: 'may-not', why },
      })),
    )
    expect(shown.answers).toEqual([{ workspaceId: id('Research'), name: 'Research', from: 'Lead', to: 'Sales' }])
    const via = { workspaceId: id('Sales'), name: 'Sales', tier: 4 }
    const low = { workspaceId: id('Research'), name: 'Research', tier: 2 }
    expect(shown.reach).toEqual([{ sign: 'gains', ...low, via, tools: ['run_code'] }])
    expect(shown.files).toEqual([])
    const list = (name: string) => `  - workspace: ${name}\n`
    await save('Research', `workspace_access:\n${list('Lead')}${list('Sales')}`)
    const { files } = await previewMoves(context, request(['Research', 'Sales']), tools)
    const reader = { workspaceId: id('Research'), name: 'Research', mode: 'read_only' }
    expect(files).toEqual([
      { ...reader, sign: 'gains', of: 'Sales', mount: 'sales' },
      { ...reader, sign: 'loses', of: 'Lead', mount: 'lead' },
    ])
    const back = await previewMoves(context, request(['Lead', 'Sales']), tools)
    expect(back.tools.map(({ name }) => name)).toEqual(['Lead', 'Research', 'Reader', 'Analyst', 'Build', 'Tester'])
  })

  test('says whose budgets count the work from now on, and whose team memories are read', async () => {
    const { context, id, request } = await team()
    const limits = { money: 5_000_000, tokens: null, steps: null, seconds: null, toolCalls: null }
    await inTransaction(context, async (tx) => {
      await tx.rows(sql`
        insert into budgets (org_id, id, scope, workspace_id, period, money)
        values (${tx.orgId}, ${randomUUID()}, 'subtree', ${id('Lead')}, 'day', 5000000),
               (${tx.orgId}, ${randomUUID()}, 'workspace', ${id('Sales')}, 'day', 5000000)`)
      await tx.rows(sql`
        insert into memories (org_id, id, workspace_id, scope, kind, text, importance, written_by, written_by_name)
        values (${tx.orgId}, ${randomUUID()}, ${id('Build')}, 'TEAM', 'semantic', 'Noon.', 0.5, '{}', 'x'),
               (${tx.orgId}, ${randomUUID()}, ${id('Build')}, 'LOCAL', 'semantic', 'Six.', 0.5, '{}', 'x')`)
    })
    const { budgets, memory } = await previewMoves(context, request(['Research', 'Sales']), tools)
    const lead = { workspaceId: id('Lead'), name: 'Lead', moved: ['Research'] }
    expect(budgets).toEqual([{ sign: 'loses', ...lead, period: 'day', limits }])
    const ofBuild = { workspaceId: id('Build'), name: 'Build', count: 1 }
    expect(memory).toEqual([{ workspaceId: id('Research'), name: 'Research', gains: [], loses: [ofBuild] }])
  })

  test('follows the policy of the org', async () => {
    const { context, id, request } = await team()
    await inTransaction(context, (tx) =>
      tx.rows(sql`update orgs set contact_policy = 'lineage' where id = ${tx.orgId}`),
    )
    const { contacts } = await previewMoves(context, request(['Build', 'Sales']), tools)
    expect(contacts.find((change) => change.workspaceId === id('Tester'))).toMatchObject({
      gains: [{ name: 'Sales', relation: 'ancestor' }],
      loses: [{ name: 'Lead', relation: 'ancestor' }],
    })
  })

  test('refuses what the move would refuse', async () => {
    const { context, request } = await team()
    expect(await failure(previewMoves(context, request(['Lead', 'Reader']), tools))).toMatchObject({
      ...{ code: 'bad-input', field: 'moves.0.toParentId' },
      message: 'Lead cannot move under Reader: Reader is in its own team.',
    })
  })
})

describe('a move', () => {
  test('takes the team along and is told', async () => {
    const { context, id, request, chart } = await team()
    const position = { x: 3.5, y: -4 }
    await moveWorkspaces(context, request(['Research', 'Sales', { position, expectedParentId: id('Lead') }]))
    expect(await chart()).toMatchObject({ Research: 'Sales', Reader: 'Research', Analyst: 'Research' })
    expect(await moved(context)).toEqual([
      { payload: { workspaceId: id('Research'), fromParentId: id('Lead'), toParentId: id('Sales'), position } },
    ])
    await moveWorkspaces(context, request(['Research', null]))
    expect(await chart()).toMatchObject({ Research: null })
  })

  test('to where it is already changes nothing; a place given with it is kept', async () => {
    const { context, id, request } = await team()
    expect(await moveWorkspaces(context, request(['Research', 'Lead']))).toEqual({ moved: [] })
    const position = { x: 1, y: 2 }
    await moveWorkspaces(context, request(['Research', 'Lead', { position }]))
    expect(await moved(context)).toEqual([])
    const placed = sql`select payload from events where type = 'workspace.placed'`
    expect(await readRows(context.db, context.orgId, placed)).toEqual([
      { payload: { positions: [{ workspaceId: id('Research'), position }] } },
    ])
  })

  test('of several is all or nothing', async () => {
    const { context, request, chart } = await team()
    const before = await chart()
    const act = moveWorkspaces(context, request(['Tester', 'Sales'], ['Research', 'Reader']))
    expect(await failure(act)).toMatchObject({ code: 'bad-input', field: 'moves.1.toParentId' })
    expect(await chart()).toEqual(before)
    await moveWorkspaces(context, request(['Tester', 'Sales'], ['Build', 'Tester'], ['Lead', 'Build']))
    expect(await chart()).toMatchObject({ Tester: 'Sales', Build: 'Tester', Lead: 'Build', Research: 'Lead' })
  })

  test('of one that somebody else moved meanwhile answers conflict', async () => {
    const { context, id, request, chart } = await team()
    await moveWorkspaces(context, request(['Tester', 'Sales']))
    const act = moveWorkspaces(context, request(['Tester', 'Research', { expectedParentId: id('Build') }]))
    expect(await failure(act)).toMatchObject({
      ...{ code: 'conflict', message: 'Tester was moved meanwhile: it is below Sales now.' },
      data: { workspaceId: id('Tester'), parentId: id('Sales') },
    })
    expect(await chart()).toMatchObject({ Tester: 'Sales' })
  })

  test('of the same one twice, under itself or under nobody known is refused', async () => {
    const { context, request } = await team()
    const unknown = WorkspaceId.parse(randomUUID())
    const cases = [
      [request(['Tester', 'Sales'], ['Tester', 'Lead']), 'bad-input'],
      [request(['Tester', 'Tester']), 'bad-input'],
      [request(['Tester', null, { toParentId: unknown }]), 'not-found'],
      [request(['Tester', 'Sales', { workspaceId: unknown }]), 'not-found'],
    ] as const
    for (const [input, code] of cases) expect(await failure(moveWorkspaces(context, input))).toMatchObject({ code })
  })

  test('two at the same time never make a circle', async () => {
    const { context, request, load, chart } = await team({ A: { A1: { A2: {} } }, B: { B1: { B2: {} } } })
    for (let round = 0; round < 12; round++) {
      const outcomes = await Promise.allSettled([
        moveWorkspaces(context, request(['A', 'B2'])),
        moveWorkspaces(context, request(['B', 'A2'])),
      ])
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const { ids, parentOf } = await load()
      expect(ids.map((one) => ancestorsOf(one, parentOf))).not.toContain('corrupt')
      await moveWorkspaces(context, request(['A', null], ['B', null]))
    }
    expect(await chart()).toMatchObject({ A: null, B: null })
  })
})

describe('who may', () => {
  test('a viewer previews and moves nothing', async () => {
    const { context, request } = await team()
    const viewer = await makeMember(context, 'viewer')
    expect((await previewMoves(viewer, request(['Tester', 'Sales']), tools)).movesAlong).toEqual([])
    expect(await failure(moveWorkspaces(viewer, request(['Tester', 'Sales'])))).toMatchObject({ code: 'forbidden' })
  })

  test('ids of another org are not found, by every procedure', async () => {
    const theirs = await team()
    const mine = await team()
    const { actor } = mine.context
    const user = actor.kind === 'person' ? { id: actor.userId, name: 'Stranger' } : null
    const caller = createCaller(movesRouter([]))({ db: testDb.db, user })
    const inputs = [
      theirs.request(['Tester', 'Sales']),
      { ...theirs.request(['Tester', 'Sales']), orgId: mine.context.orgId },
      { ...theirs.request(['Tester', null]), orgId: mine.context.orgId },
      mine.request(['Tester', null, { toParentId: theirs.id('Sales') }]),
    ]
    for (const input of inputs) {
      for (const outcome of await Promise.allSettled([caller.preview(input), caller.move(input)])) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } })
      }
    }
    expect(await theirs.chart()).toMatchObject({ Tester: 'Build' })
  })
})
