import { afterAll, beforeAll, expect, test } from 'vitest'
import { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction, readRow } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { readLog } from '../../testing/engine.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { memoryTools } from './tools.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

/** A delegation of which only the row is there: plans need no more. */
async function makeWork() {
  const context = await makeOrg(testDb.db)
  const ids = await makeWorkspaces(context, { Solo: {} })
  const workspaceId = WorkspaceId.parse(ids.Solo)
  const made = await inTransaction(context, (tx) =>
    tx.row<{ id: string }>(sql`
      insert into delegations (org_id, id, root_id, workspace_id, requester, requester_name, task, priority, state,
                               is_rehearsal, step_limit, chain_id, depth)
      select ${tx.orgId}, id, id, ${workspaceId}, '{"kind": "system", "name": "test"}', 'test', 'Plan it', 50, 'queued',
             true, 25, id, 0 from (select gen_random_uuid() as id) fresh returning id`),
  )
  const delegationId = DelegationId.parse(made?.id)
  const agent: OrgContext = { ...context, actor: { kind: 'workspace', workspaceId, delegationId, name: 'Solo' } }
  const call = async (name: string, args: unknown): Promise<{ items: { id: number; state: string }[] }> => {
    const tool = memoryTools.find((one) => one.name === name)
    const site = { context: agent, delegationId, workspaceId, step: 1 }
    const outcome = await inTransaction(agent, async (tx) => await tool?.run(tx, site, args))
    return JSON.parse(outcome?.kind === 'done' ? outcome.text : '{}')
  }
  return { context, delegationId, call }
}

test('a plan is written once, changed by number, and kept with its work', async () => {
  const { context, delegationId, call } = await makeWork()
  await expect(call('get_plan', {})).rejects.toMatchObject({ code: 'not-found' })
  await call('create_plan', { items: [{ title: 'Read', items: [{ title: 'Sources' }] }, { title: 'Write' }] })
  await expect(call('create_plan', { items: [{ title: 'Again' }] })).rejects.toMatchObject({ code: 'conflict' })
  await call('update_plan', {
    changes: [{ id: 2, state: 'done' }],
    additions: [{ under: 3, item: { title: 'Draft' } }],
  })
  await expect(call('update_plan', { changes: [{ id: 8, state: 'done' }] })).rejects.toThrow('The plan has no item 8.')
  const item = (id: number, title: string, state: string, items: unknown[] = []) => ({ id, title, state, items })
  expect(await call('get_plan', {})).toEqual({
    items: [
      item(1, 'Read', 'todo', [item(2, 'Sources', 'done')]),
      item(3, 'Write', 'todo', [item(4, 'Draft', 'todo')]),
    ],
  })
  const kept = await readRow(
    context.db,
    context.orgId,
    sql`select version from plans where org_id = ${context.orgId} and delegation_id = ${delegationId}`,
  )
  expect(kept).toEqual({ version: 2 })
  const told = (await readLog(context)).filter((event) => event.type === 'plan.changed')
  expect(told.map((event) => event.delegationId)).toEqual([delegationId, delegationId])
})

test('two edits at once both count', async () => {
  const { call } = await makeWork()
  await call('create_plan', { items: [{ title: 'A' }, { title: 'B' }] })
  await Promise.all([1, 2].map((id) => call('update_plan', { changes: [{ id, state: 'done' }] })))
  const { items } = await call('get_plan', {})
  expect(items.map((item) => item.state)).toEqual(['done', 'done'])
})
