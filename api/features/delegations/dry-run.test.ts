import { afterAll, beforeAll, expect, test } from 'vitest'
import { agentTools } from '../../gateway.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'
import { giveScript, readLog, setRehearsal } from '../../testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { dryRun } from './dry-run.ts'
import { listDelegations } from './list-delegations.ts'

const hands = { tools: agentTools, signal: new AbortController().signal }
let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

test('it shows who would be called by whom, with which words, keys and cost, and does nothing', async () => {
  const org = await makeOrg(testDb.db)
  const ids = await makeWorkspaces(org, { Lead: { A: { Deep: {} }, B: {} } }, { B: { model: 'openai:gpt-4o' } })
  const { Lead, A, B, Deep } = ids
  if (!Lead || !A || !B || !Deep) throw new Error('no team')
  await setRehearsal(org, false)
  await needKeys(org, A, [['SEARCH_KEY'], ['ONE', 'OTHER']])
  await needYes(org, { tool: 'delegate_*', workspaceId: Lead, minCost: null })
  await needYes(org, { tool: '*', workspaceId: null, minCost: 1 })
  const before = await readLog(org)

  const { parties, cut } = await dryRun(org, { workspaceId: Lead, task: 'Plan it' }, hands)
  expect(cut).toBeNull()
  expect(parties.map(({ parent, name, isRehearsal }) => ({ parent, name, isRehearsal }))).toEqual([
    { parent: null, name: 'Lead', isRehearsal: true },
    { parent: 0, name: 'A', isRehearsal: true },
    { parent: 1, name: 'Deep', isRehearsal: true },
    { parent: 0, name: 'B', isRehearsal: false },
  ])
  expect(parties[0]?.calls.map(({ name, isDone }) => ({ name, isDone }))).toEqual([
    { name: 'delegate_task', isDone: true },
    { name: 'delegate_task', isDone: true },
  ])
  expect(parties[1]?.secrets).toEqual([['SEARCH_KEY'], ['ONE', 'OTHER']])
  expect(parties.map(({ approvals }) => approvals)).toEqual([['delegate_task'], [], [], ['openai:gpt-4o']])
  expect(parties[0]?.cost).toBe(0)
  expect(parties[3]?.cost).toBeGreaterThan(0)
  expect(parties[0]?.answer).toContain('All parts came back')
  expect(await readLog(org)).toEqual(before)
  expect(await listDelegations(org, { rootsOnly: false, limit: 50 })).toEqual([])
})

test('effects are not done, async work is played too, and pauses of a rehearsal are not waited for', async () => {
  const org = await makeOrg(testDb.db)
  const { Lead } = await makeWorkspaces(org, { Lead: { A: {} } })
  if (!Lead) throw new Error('no Lead')
  const handOn = { delegate: [{ to: 'A', task: 'Look', async: true }], message_user: 'On it', delay_ms: 60_000 }
  await giveScript(org, [
    { workspace: 'Lead', when: { always: true }, turns: [handOn, { answer: 'Given: {results}' }] },
    { workspace: 'A', when: { always: true }, turns: [{ answer: 'Found it' }] },
  ])
  const { parties } = await dryRun(org, { workspaceId: Lead, task: 'Go [rehearse: slow 60000]' }, hands)
  expect(parties.map(({ name, answer }) => [name, answer?.slice(0, 8)])).toEqual([
    ['Lead', 'Given: -'],
    ['A', 'Found it'],
  ])
  expect(parties[0]?.calls.map(({ name, isDone }) => [name, isDone])).toEqual([
    ['delegate_task_async', true],
    ['send_message_to_user', false],
  ])
  expect(parties[0]?.answer).toContain('(not done in a dry run)')
})

test('a chain without end is bounded in depth, a crowd in number, an unknown price is said', async () => {
  const org = await makeOrg(testDb.db)
  const crowd = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`Report ${index}`, {}]))
  const { Lead, Ping } = await makeWorkspaces(
    org,
    { Lead: crowd, Ping: { Pong: {} } },
    { Lead: { model: 'acme:large' } },
  )
  if (!Lead || !Ping) throw new Error('no team')
  await setRehearsal(org, false)
  const to = (name: string, other: string) => ({
    workspace: name,
    when: { always: true as const },
    turns: [{ delegate: [{ to: other, task: 'Yours' }] }],
  })
  await giveScript(org, [to('Ping', 'Pong'), to('Pong', 'Ping')])
  const deep = await dryRun(org, { workspaceId: Ping, task: 'Play' }, hands)
  expect(deep.parties).toHaveLength(9)
  const wide = await dryRun(org, { workspaceId: Lead, task: 'All of you' }, hands)
  expect(wide.parties).toHaveLength(40)
  expect(wide.cut).toContain('6 more would be called')
  expect(wide.parties[0]?.cost).toBeNull()
})

test('viewers and other organisations may not', async () => {
  const org = await makeOrg(testDb.db)
  const { Solo } = await makeWorkspaces(org, { Solo: {} })
  if (!Solo) throw new Error('no Solo')
  const input = { workspaceId: Solo, task: 'Think' }
  await expect(dryRun(await makeMember(org, 'viewer'), input, hands)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(dryRun(await makeOrg(testDb.db), input, hands)).rejects.toMatchObject({ code: 'not-found' })
})

async function needKeys(org: OrgContext, id: string, requiredEnv: string[][]): Promise<void> {
  await inTransaction(org, (tx) =>
    tx.rows(sql`update workspaces set declared = ${json({ requiredEnv })}::jsonb
                 where org_id = ${tx.orgId} and id = ${id}`),
  )
}

async function needYes(
  context: OrgContext,
  rule: { tool: string; workspaceId: string | null; minCost: number | null },
): Promise<void> {
  await inTransaction(context, (tx) =>
    tx.rows(sql`
      insert into approval_rules (org_id, id, tool, workspace_id, min_cost, expires_seconds, escalate, created_by)
      values (${tx.orgId}, gen_random_uuid(), ${rule.tool}, ${rule.workspaceId}, ${rule.minCost}, 600, 'people', 'test')`),
  )
}
