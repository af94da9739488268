import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { promptPath } from '#shared/files/paths.ts'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { inTransaction, readRow } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { untilWaitingForLocks } from '../../testing/engine.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { writeFile } from '../files/index.ts'
import { configureWorkspace } from './configure-workspace.ts'
import { deleteWorkspace } from './delete-workspace.ts'
import { placeWorkspaces } from './place-workspaces.ts'
import { renameWorkspace } from './rename-workspace.ts'
import { restoreWorkspaces } from './restore-workspaces.ts'
import { setParent, updateFromTemplate } from './set-parent.ts'
import { markDeleted } from './store.ts'
import { create, failure, headSeq, makeTeam, textOf, toldSince } from './team.fixture.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())
const team = () => makeTeam(testDb.db)

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
      const waits = untilWaitingForLocks(context, 1).then(() => 'waits')
      return { save: saving, outcome: await Promise.race([saving.catch(() => 'saved'), waits]) }
    })
    expect(outcome).toBe('waits')
    expect(await save).toMatchObject({ code: 'not-found' })
    expect(await chart()).not.toHaveProperty('Build')
    expect(await textOf(context, workspaceId, 'race.md')).toBeUndefined()
  })
})

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
