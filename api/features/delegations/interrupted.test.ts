import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OrgContext } from '../../kernel/actor.ts'
import type { OutsideTool } from '../../kernel/agent-tool.ts'
import { inTransaction, readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { giveScript, readLog, untilState } from '../../testing/engine.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { delegate } from './delegate.ts'
import { getDelegation } from './get-delegation.ts'
import { settleInterrupted } from './settle-interrupted.ts'
import { sweep } from './sweep.ts'

let database: TestDb
const workers: Worker[] = []
beforeAll(async () => {
  database = await openTestDb()
})
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop()
})
afterAll(() => database.close())

/** Ends only when it is let; counts how often it was begun. */
function mailer(hints: OutsideTool['hints']) {
  const begun = Promise.withResolvers<void>()
  const let_ = Promise.withResolvers<void>()
  const sent: number[] = []
  const tool: OutsideTool = {
    name: 'send_mail',
    description: 'Sends a mail.',
    inputSchema: { type: 'object' },
    hints,
    perform: async () => {
      sent.push(Date.now())
      begun.resolve()
      if (sent.length === 1) await let_.promise
      return { text: 'Sent.' }
    },
  }
  return { tool, sent, begun: begun.promise, finish: () => let_.resolve() }
}

async function interrupted(hints: OutsideTool['hints']) {
  const mail = mailer(hints)
  workers.push(startWorker({ db: database.db, tools: [mail.tool] }))
  const org = await makeOrg(database.db)
  const { Clerk } = await makeWorkspaces(org, { Clerk: {} })
  if (!Clerk) throw new Error('there is no clerk')
  await giveScript(org, [
    { workspace: 'Clerk', when: { always: true }, turns: [{ call: [{ tool: 'send_mail' }] }, { answer: '{results}' }] },
  ])
  const { delegationId } = await delegate(org, { workspaceId: Clerk, task: 'Write to Ada' })
  await mail.begun
  await letLeasesRunOut(org)
  await sweep(database.db)
  return { org, delegationId, ...mail }
}

async function letLeasesRunOut(org: OrgContext): Promise<void> {
  await inTransaction(org, (tx) =>
    tx.rows(sql`update steps set lease_until = now() where org_id = ${tx.orgId} and state = 'running'`),
  )
}

test('an effect that may have happened waits for a person, and run again it happens once more', async () => {
  const { org, delegationId, sent, finish } = await interrupted({ readOnly: false, idempotent: false })
  const held = await untilState(org, delegationId, ['waiting'])
  expect(held).toMatchObject({ waitingFor: 'input', reason: expect.stringContaining('send_mail was interrupted') })
  // The one that was thought dead comes back: nobody believes it any more.
  finish()
  await settleInterrupted(org, delegationId, 'again')
  expect(await untilState(org, delegationId)).toMatchObject({ state: 'completed' })
  expect(sent).toHaveLength(2)
  const { steps } = await getDelegation(org, delegationId)
  expect(steps[2]).toMatchObject({ name: 'send_mail', state: 'done', attempt: 2 })
  const attempts = await readRows<{ attempt: number; state: string }>(
    database.db,
    org.orgId,
    sql`select attempt, state from charges where org_id = ${org.orgId} and step = 2 order by attempt`,
  )
  expect(attempts).toEqual([
    { attempt: 1, state: 'doubtful' },
    { attempt: 2, state: 'settled' },
  ])
})

test('skipped, the model is told that nobody knows whether it happened', async () => {
  const skipped = await interrupted({ readOnly: false, idempotent: false })
  await untilState(skipped.org, skipped.delegationId, ['waiting'])
  await settleInterrupted(skipped.org, skipped.delegationId, 'skip')
  const answer = (await untilState(skipped.org, skipped.delegationId)).answer
  expect(answer).toContain('nobody knows whether it happened')
  expect(skipped.sent).toHaveLength(1)
  const told = (await readLog(skipped.org)).findLast(
    ({ type, payload }) => type === 'step.changed' && payload.step === 2,
  )
  expect(told?.payload).toMatchObject({ state: 'failed' })
  skipped.finish()
})

test('ended, the work fails with the reason', async () => {
  const ended = await interrupted({ readOnly: false, idempotent: false })
  await untilState(ended.org, ended.delegationId, ['waiting'])
  await settleInterrupted(ended.org, ended.delegationId, 'end')
  expect(await untilState(ended.org, ended.delegationId)).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('was interrupted'),
  })
  ended.finish()
})

test('an effect that is safe to repeat is begun again without asking', async () => {
  const { org, delegationId, sent, finish } = await interrupted({ readOnly: false, idempotent: true })
  expect(await untilState(org, delegationId)).toMatchObject({ state: 'completed' })
  expect(sent).toHaveLength(2)
  finish()
})
