import { afterAll, beforeAll, expect, test } from 'vitest'
import { agentTools } from '../../gateway.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction, readRow } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'
import { giveScript, readLog, setRehearsal, untilState } from '../../testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { delegate } from './delegate.ts'
import { promptCases, tryPrompt } from './prompt-effect.ts'

const signal = new AbortController().signal
let testDb: TestDb
let worker: Worker
beforeAll(async () => {
  testDb = await openTestDb()
  worker = startWorker({ db: testDb.db })
})
afterAll(async () => {
  await worker.stop()
  await testDb.close()
})

test('the last completed work of a workspace is offered, newest first, with what trying it costs', async () => {
  const { org, lead } = await team()
  const tasks = ['First', 'Second', 'Third']
  for (const task of tasks) await finish(org, lead, task)
  const failed = await delegate(org, { workspaceId: lead, task: 'Try [rehearse: fail no]' })
  await untilState(org, failed.delegationId)
  const { cases, isRehearsal } = await promptCases(org, { workspaceId: lead, last: 2 })
  expect(isRehearsal).toBe(true)
  expect(cases.map(({ task, estimate, cost }) => ({ task, estimate, cost }))).toEqual([
    { task: 'Third', estimate: 0, cost: 0 },
    { task: 'Second', estimate: 0, cost: 0 },
  ])
  expect(cases[0]).toMatchObject({ modelCalls: 2, answer: expect.stringContaining('A says so.') })
})

test('a real model’s price is known before, and no known price is said', async () => {
  const { org, lead } = await team({ model: 'openai:gpt-4o' })
  await finish(org, lead, 'First')
  await setRehearsal(org, false)
  const [known] = (await promptCases(org, { workspaceId: lead, last: 5 })).cases
  expect(known?.estimate).toBeGreaterThan(0)
  await setModel(org, 'acme:large')
  const [unknown] = (await promptCases(org, { workspaceId: lead, last: 5 })).cases
  expect(unknown?.estimate).toBeNull()
})

test('the same prompt gives the recorded answer; its calls are answered from the record and nothing is written', async () => {
  const { org, lead } = await team()
  const delegationId = await finish(org, lead, 'Share it')
  await giveScriptAgain(org, 'Something else entirely.')
  const before = await traces(org)
  const trial = await tryPrompt(org, given({ workspaceId: lead, delegationId, prompt: 'You are Lead.\n' }))
  expect(trial).toMatchObject({ hasChanged: false, unrecorded: [], modelCalls: 2, cost: 0, reason: null })
  expect(trial.answer).toContain('A says so.')
  expect(await traces(org)).toEqual(before)
})

test('what was not recorded is answered by a peer as it would work now, and said so', async () => {
  const { org, lead } = await team()
  const delegationId = await finish(org, lead, 'Share it')
  // The record no longer knows of the call to A.
  await inTransaction(org, (tx) =>
    tx.rows(sql`update steps set input = jsonb_set(input, '{args}', '"{}"')
                 where org_id = ${tx.orgId} and delegation_id = ${delegationId} and kind = 'tool'`),
  )
  await giveScriptAgain(org, 'A says something new.')
  const trial = await tryPrompt(org, given({ workspaceId: lead, delegationId, prompt: 'You are Lead.' }))
  expect(trial).toMatchObject({ hasChanged: true, unrecorded: [{ name: 'A', by: 'peer' }] })
  expect(trial.answer).toContain('A says something new.')
})

test('a prompt that breaks the work is told with the reason', async () => {
  const { org, lead } = await team()
  const delegationId = await finish(org, lead, 'Share it')
  await setRehearsal(org, false)
  await setModel(org, 'acme:large')
  const trial = await tryPrompt(org, given({ workspaceId: lead, delegationId, prompt: 'Anything' }))
  expect(trial).toMatchObject({
    answer: null,
    hasChanged: true,
    cost: 0,
    reason: expect.stringContaining('acme:large'),
  })
})

test('other people’s work, other workspaces’ work and viewers are refused', async () => {
  const { org, lead, a } = await team()
  const delegationId = await finish(org, lead, 'Share it')
  const input = { workspaceId: lead, delegationId, prompt: '' }
  await expect(tryPrompt(org, given({ ...input, workspaceId: a }))).rejects.toMatchObject({ code: 'not-found' })
  await expect(tryPrompt(await makeOrg(testDb.db), given(input))).rejects.toMatchObject({ code: 'not-found' })
  await expect(tryPrompt(await makeMember(org, 'viewer'), given(input))).rejects.toMatchObject({ code: 'forbidden' })
})

function given(input: Parameters<typeof tryPrompt>[1]['input']) {
  return { input, tools: agentTools, signal }
}

async function team(config: Record<string, unknown> = {}) {
  const org = await makeOrg(testDb.db)
  const { Lead: lead, A: a } = await makeWorkspaces(org, { Lead: { A: {} } }, { Lead: config })
  if (!lead || !a) throw new Error('no team')
  await giveScript(org, [{ workspace: 'A', when: { always: true }, turns: [{ answer: 'A says so.' }] }])
  return { org, lead, a }
}

async function finish(org: OrgContext, workspaceId: Parameters<typeof delegate>[1]['workspaceId'], task: string) {
  const { delegationId } = await delegate(org, { workspaceId, task })
  expect(await untilState(org, delegationId)).toMatchObject({ state: 'completed' })
  return delegationId
}

async function giveScriptAgain(org: OrgContext, answer: string): Promise<void> {
  const script = { version: 1, scripts: [{ workspace: 'A', when: { always: true }, turns: [{ answer }] }] }
  await inTransaction(org, (tx) =>
    tx.rows(sql`update templates set rehearsal = ${JSON.stringify(script)} where org_id = ${tx.orgId}`),
  )
}

async function setModel(org: OrgContext, model: string): Promise<void> {
  await inTransaction(org, (tx) =>
    tx.rows(sql`update files set config = config || ${json({ model })}::jsonb
                 where org_id = ${tx.orgId} and path = 'config.yaml'`),
  )
}

/** Everything the org has recorded, counted. */
async function traces(org: OrgContext) {
  const counted = await readRow(
    org.db,
    org.orgId,
    sql`select (select count(*)::int from delegations) as delegations, (select count(*)::int from steps) as steps,
               (select count(*)::int from charges) as charges`,
  )
  return { ...counted, events: (await readLog(org)).length }
}
