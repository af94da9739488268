import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { agentTools } from '../../gateway.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction, readRow } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { setRehearsal, untilState } from '../../testing/engine.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { giveOpenAiKey } from '../../testing/provider-keys.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { delegate } from './delegate.ts'
import { getDelegation } from './get-delegation.ts'
import { promptCases, tryPrompt } from './prompt-effect.ts'

const key = 'sk-canary-0123456789abcdefghij'
let testDb: TestDb
let worker: Worker
let server: Server
let port = 0
let status = 200

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    if (status !== 200) {
      response.writeHead(status, { 'content-type': 'application/json' })
      return response.end(JSON.stringify({ error: { message: 'Slow down' } }))
    }
    const content = body.includes('Be brief') ? 'At six.' : 'Low tide is at six in the evening.'
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const part of [chunkOf({ content }), { ...chunkOf({}, 'stop'), usage }]) {
      response.write(`data: ${JSON.stringify(part)}\n\n`)
    }
    response.end('data: [DONE]\n\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `127.0.0.1:${port}`)
  testDb = await openTestDb()
  worker = startWorker({ db: testDb.db })
})
afterAll(async () => {
  await worker.stop()
  await testDb.close()
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
})

test('a real model is asked with the edited prompt, and its calls are charged like any other', async () => {
  const { org, input } = await recorded()
  const { cases } = await promptCases(org, { workspaceId: input.workspaceId, last: 5 })
  expect(cases).toMatchObject([{ answer: 'Low tide is at six in the evening.', estimate: expect.any(Number) }])
  const before = await charged(org)
  const trial = await tryPrompt(org, given({ ...input, prompt: 'Be brief.' }))
  expect(trial).toMatchObject({
    answer: 'At six.',
    hasChanged: true,
    modelCalls: 1,
    inputTokens: 100,
    outputTokens: 20,
  })
  expect(trial.cost).toBeGreaterThan(0)
  const after = await charged(org)
  expect(after).toEqual({ cost: before.cost + trial.cost, open: 0, waits: 0 })
  expect((await getDelegation(org, input.delegationId)).delegation.cost).toBe(before.cost)
})

test('a budget that does not carry it is said, and nothing is asked, charged or left waiting', async () => {
  const { org, input } = await recorded()
  const before = await charged(org)
  await inTransaction(org, (tx) =>
    tx.rows(sql`insert into budgets (org_id, id, scope, period, money)
                values (${tx.orgId}, gen_random_uuid(), 'org', 'month', ${before.cost + 1})`),
  )
  const trial = await tryPrompt(org, given({ ...input, prompt: 'Be brief.' }))
  expect(trial).toMatchObject({ answer: null, modelCalls: 0, cost: 0, reason: expect.stringMatching(/budget/i) })
  expect(await charged(org)).toEqual({ ...before, open: 0, waits: 0 })
})

test('a provider that fails ends the trial with its words instead of waiting', async () => {
  const { org, input } = await recorded()
  status = 429
  const trial = await tryPrompt(org, given({ ...input, prompt: 'Be brief.' })).finally(() => {
    status = 200
  })
  expect(trial).toMatchObject({ answer: null, reason: expect.stringContaining('Slow down') })
  expect((await charged(org)).open).toBe(0)
})

function given(input: Parameters<typeof tryPrompt>[1]['input']) {
  return { input, tools: agentTools, signal: new AbortController().signal }
}

async function recorded() {
  const org = await makeOrg(testDb.db)
  await setRehearsal(org, false)
  await giveOpenAiKey(org, { key, port })
  const { Lead: workspaceId } = await makeWorkspaces(org, { Lead: {} }, { Lead: { model: 'openai:gpt-4o' } })
  if (!workspaceId) throw new Error('no workspace')
  const { delegationId } = await delegate(org, { workspaceId, task: 'When is low tide?' })
  expect(await untilState(org, delegationId, ['completed', 'failed', 'waiting'])).toMatchObject({ state: 'completed' })
  return { org, input: { workspaceId, delegationId } }
}

async function charged({ db, orgId }: OrgContext) {
  const found = await readRow<{ cost: number; open: number; waits: number }>(
    db,
    orgId,
    sql`select coalesce(sum(cost), 0)::int as cost, count(*) filter (where state = 'reserved')::int as open,
               (select count(*)::int from budget_waits) as waits from charges`,
  )
  if (!found) throw new Error('nothing was counted')
  return found
}

const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 }

function chunkOf(delta: object, finish: string | null = null) {
  const choices = [{ index: 0, delta, finish_reason: finish }]
  return { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices }
}
