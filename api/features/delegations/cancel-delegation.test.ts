import { createServer, type Server } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { readLog, setRehearsal, untilState, untilWaitingForLocks } from '../../testing/engine.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { giveOpenAiKey } from '../../testing/provider-keys.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { cancelDelegation } from './cancel-delegation.ts'
import { delegate } from './delegate.ts'

let database: TestDb
let worker: Worker
let server: Server
let port = 0
/** The model is asked, and answers when it gets the go-ahead. */
let asked = Promise.withResolvers<void>()
let goAhead = Promise.withResolvers<void>()

beforeAll(async () => {
  server = createServer(async (request, response) => {
    request.resume()
    asked.resolve()
    await goAhead.promise
    const choices = [{ index: 0, delta: { content: 'At six.' }, finish_reason: 'stop' }]
    const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `127.0.0.1:${port}`)
  database = await openTestDb()
  worker = startWorker({ db: database.db })
})
beforeEach(() => {
  asked = Promise.withResolvers()
  goAhead = Promise.withResolvers()
})
afterEach(() => goAhead.resolve())
afterAll(async () => {
  await worker.stop()
  await database.close()
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
})

/** Work that ends with the answer its model is about to give. */
async function aboutToEnd() {
  const org = await makeOrg(database.db)
  await setRehearsal(org, false)
  await giveOpenAiKey(org, { key: 'sk-test', port })
  const { Solo } = await makeWorkspaces(org, { Solo: {} }, { Solo: { model: 'openai:gpt-4o' } })
  if (!Solo) throw new Error('there is no workspace')
  const { delegationId } = await delegate(org, { workspaceId: Solo, task: 'When is low tide?' })
  await asked.promise
  return { org, delegationId }
}

/** Whoever commits an event meanwhile waits, with all its other locks held, until the log is let go. */
async function whileLogIsHeld<T>(org: OrgContext, act: () => Promise<T>): Promise<T> {
  const [held, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = inTransaction(org, async (tx) => {
    await tx.rows(sql`select 1 from org_sequences where org_id = ${tx.orgId} for update`)
    held.resolve()
    await free.promise
  })
  await held.promise
  try {
    return await act()
  } finally {
    free.resolve()
    await holding
  }
}

const cancelsTold = async (org: OrgContext) =>
  (await readLog(org)).filter(({ type }) => type === 'delegation.cancel-asked').length

test('a cancel that meets the end of its work waits for it, and says that it has ended', async () => {
  const { org, delegationId } = await aboutToEnd()
  const { cancelling } = await whileLogIsHeld(org, async () => {
    goAhead.resolve()
    await untilWaitingForLocks(org, 1)
    const cancelling = cancelDelegation(org, delegationId).then(
      () => 'cancelled',
      (error: unknown) => error,
    )
    await untilWaitingForLocks(org, 2)
    return { cancelling }
  })
  const refusal = { code: 'conflict', message: 'This delegation has already ended: completed.' }
  expect(await cancelling).toMatchObject(refusal)
  expect(await untilState(org, delegationId)).toMatchObject({ state: 'completed', answer: 'At six.' })
  expect(await cancelsTold(org)).toBe(0)
})

test('a cancel that comes before the end of its work is kept: the answer comes too late', async () => {
  const { org, delegationId } = await aboutToEnd()
  const { cancelling } = await whileLogIsHeld(org, async () => {
    const cancelling = cancelDelegation(org, delegationId)
    await untilWaitingForLocks(org, 1)
    goAhead.resolve()
    await untilWaitingForLocks(org, 2)
    return { cancelling }
  })
  await cancelling
  expect(await untilState(org, delegationId)).toMatchObject({
    ...{ state: 'cancelled', reason: 'Olga Owner cancelled it.', answer: null },
  })
  expect(await cancelsTold(org)).toBe(1)
})
