import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import { decideApproval } from './features/approvals/decide-approval.ts'
import { listApprovals } from './features/approvals/list-approvals.ts'
import { setRule } from './features/approvals/rules.ts'
import { setPrice } from './features/budgets/set-price.ts'
import { cancelDelegation } from './features/delegations/cancel-delegation.ts'
import { delegate } from './features/delegations/delegate.ts'
import { getDelegation } from './features/delegations/get-delegation.ts'
import { setSecrets } from './features/secrets/index.ts'
import type { OrgContext } from './kernel/actor.ts'
import { readRow } from './kernel/db.ts'
import { sql } from './kernel/sql.ts'
import { setRehearsal, untilState } from './testing/engine.ts'
import { makeOrg, makeWorkspaces } from './testing/factories.ts'
import { refuse, speak, type Turn, type Wire } from './testing/providers/wire.ts'
import { wires } from './testing/providers/wires.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { startWorker, type Worker } from './worker.ts'

const key = 'sk-canary-0123456789abcdefghij'
let database: TestDb
let worker: Worker
let server: Server
let port = 0
let answer: (response: ServerResponse, asked: Asked) => void
let asked: Asked[] = []
const errors: unknown[] = []

type Asked = { path: string; headers: IncomingMessage['headers']; body: string }

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const one = { path: request.url ?? '', headers: request.headers, body: await text(request) }
    asked.push(one)
    answer(response, one)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `127.0.0.1:${port}`)
  database = await openTestDb()
  worker = startWorker({ db: database.db, onError: (error) => errors.push(error) })
})
afterAll(async () => {
  await worker.stop()
  await database.close()
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
  expect(errors).toEqual([])
})

describe.each(wires.map((wire) => [wire.provider, wire] as const))('%s', (_provider, wire) => {
  test('works with words, side by side calls, a question to a person, and costs exactly what its tokens cost', async () => {
    const { org, workspaceId } = await orgAt(wire)
    await setRule(org, { tool: 'remember', workspaceId: null, maxTier: null, minCost: null })
    say(wire, [
      {
        texts: ['Let me ', 'look.'],
        calls: [
          { id: 'call_1', name: 'list_peers', args: '{}' },
          { id: 'call_2', name: 'remember', args: '{"text":"Low tide is at six — ein Wattläufer weiß das."}' },
        ],
        usage: { input: 1_000, output: 50 },
      },
      { texts: ['Low tide ', 'is at six.'], usage: { input: 1_200, output: 7 } },
    ])
    const { delegationId } = await delegate(org, { workspaceId, task: 'When is low tide?' })
    await approve(org, delegationId)
    expect(await untilState(org, delegationId)).toMatchObject({ state: 'completed', answer: 'Low tide is at six.' })
    const { delegation, steps } = await getDelegation(org, delegationId)
    expect(steps.map(({ name, state }) => [name, state])).toEqual([
      ['context', 'done'],
      [wire.model, 'done'],
      ['list_peers', 'done'],
      ['remember', 'done'],
      ['approval', 'done'],
      [wire.model, 'done'],
    ])
    // 2,200 tokens at $3 and 57 at $15 a million.
    expect(delegation.cost).toBe(1_000 * 3 + 50 * 15 + 1_200 * 3 + 7 * 15)
    expect(await chargesOf(org, delegationId)).toEqual({ calls: 2, reserved: 0, cost: delegation.cost })
    expect(asked.every(({ path, headers }) => wire.path.test(path) && wire.carries(headers, key))).toBe(true)
    expect(asked[0]?.body).toContain('list_peers')
    expect(asked[1]?.body).toContain('Wattläufer')
  })

  test.each([401, 402, 404])('%i ends the work in the provider’s words, free of charge', async (status) => {
    answer = (response) => refuse(response, wire, status, `No, not with ${key}`)
    const { reason, state, cost, seen } = await run(wire)
    expect(reason).toContain(`${wire.provider} answered ${status}: No, not with [secret`)
    expect({ state, cost }).toEqual({ state: 'failed', cost: 0 })
    expect(seen).not.toContain('canary')
  })

  test('429 waits as long as the provider asked for', async () => {
    answer = (response) => refuse(response, wire, 429, 'Slow down')
    const { state, waitingFor, reason, cost, seen } = await run(wire)
    expect({ state, waitingFor, cost }).toEqual({ state: 'waiting', waitingFor: 'retry', cost: 0 })
    expect(reason).toContain(`${wire.provider} answered 429: Slow down`)
    expect(seen).toContain('"afterMs":7000')
  })

  test('500 waits, and is charged its worst, for nobody knows', async () => {
    answer = (response) => refuse(response, wire, 500, 'It broke')
    const { state, waitingFor, reason, cost } = await run(wire)
    expect({ state, waitingFor }).toEqual({ state: 'waiting', waitingFor: 'retry' })
    expect(reason).toContain('It broke')
    expect(cost).toBeGreaterThan(0)
  })

  test('half a stream is no answer', async () => {
    answer = (response) => speak(response, wire, { texts: ['The tide', ' is low'], cutAfter: 2 })
    const { state, waitingFor, reason } = await run(wire)
    expect(reason).toContain('broke off before its end')
    expect({ state, waitingFor }).toEqual({ state: 'waiting', waitingFor: 'retry' })
  })

  test.each([
    ['a page', 'text/html', '<h1>Please log in</h1>', 'Please log in'],
    ['nothing', wire.type, '', ''],
    ['bytes that are no text', wire.type, Buffer.from([0x64, 0xff, 0xfe, 0x80]), ''],
  ])('%s is no answer', async (_name, type, body, words) => {
    answer = (response) => response.writeHead(200, { 'content-type': type }).end(body)
    const { state, reason } = await run(wire)
    expect(['failed', 'waiting']).toContain(state)
    expect(reason).toContain(words)
  })

  test('endless text is ended', async () => {
    const texts = Array.from({ length: 105 }, () => 'x'.repeat(100_000))
    answer = (response) => speak(response, wire, { texts })
    const { state, reason } = await run(wire)
    expect(state).toBe('failed')
    expect(reason).toMatch(/longer than|more than/)
  })
})

/** Turn by turn, counted by the model's own messages in what it is sent. */
function say(wire: Wire, turns: readonly Turn[]): void {
  asked = []
  answer = (response) => speak(response, wire, turns[asked.length - 1] ?? { texts: ['Done.'] })
}

async function orgAt(wire: Wire): Promise<{ org: OrgContext; workspaceId: WorkspaceId }> {
  const org = await makeOrg(database.db)
  await setRehearsal(org, false)
  await setSecrets(org, { workspaceId: null, entries: wire.secrets(port, key) })
  await setPrice(org, { orgId: org.orgId, model: wire.model, input: 3_000_000, output: 15_000_000, cacheRead: 300_000 })
  const { Lead } = await makeWorkspaces(org, { Lead: {} }, { Lead: { model: wire.model } })
  if (!Lead) throw new Error('no workspace was made')
  return { org, workspaceId: Lead }
}

async function run(wire: Wire) {
  const { org, workspaceId } = await orgAt(wire)
  const { delegationId } = await delegate(org, { workspaceId, task: 'When is low tide?' })
  const ended = await untilState(org, delegationId, ['completed', 'failed', 'waiting'])
  const view = await getDelegation(org, delegationId)
  // It must not ask again while the next test listens.
  if (ended.state === 'waiting') await cancelDelegation(org, delegationId)
  return { ...ended, reason: ended.reason ?? '', cost: view.delegation.cost, seen: JSON.stringify(view) }
}

async function approve(org: OrgContext, id: DelegationId): Promise<void> {
  await untilState(org, id, ['waiting'])
  const { approvals } = await listApprovals(org, { which: 'pending', limit: 50 })
  const [question] = approvals.filter((one) => one.delegationId === id)
  if (!question) throw new Error('it asked nothing')
  await decideApproval(org, { approvalId: question.id, decision: 'approved', reason: '' })
}

async function chargesOf({ db, orgId }: OrgContext, id: DelegationId) {
  return await readRow(
    db,
    orgId,
    sql`select count(*) filter (where model is not null)::float8 as calls, sum(cost)::float8 as cost,
               count(*) filter (where state = 'reserved')::float8 as reserved
          from charges where org_id = ${orgId} and delegation_id = ${id}`,
  )
}
