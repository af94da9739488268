import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { delegate } from './features/delegations/delegate.ts'
import { getDelegation } from './features/delegations/get-delegation.ts'
import { reassignDelegation } from './features/delegations/reassign-delegation.ts'
import { sendMessage } from './features/delegations/send-message.ts'
import { freezeOrg, startCompany, stopCompany } from './features/delegations/stop-company.ts'
import { wakeAsleep } from './features/delegations/sweep.ts'
import { controlWorkspace } from './features/workspaces/control-workspace.ts'
import { agentTools } from './gateway.ts'
import type { OrgContext } from './kernel/actor.ts'
import type { AnyTool } from './kernel/agent-tool.ts'
import { giveScript, readLog, untilState } from './testing/engine.ts'
import { makeOrg, makeWorkspaces } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { startWorker, type Worker } from './worker.ts'

let database: TestDb
let worker: Worker | undefined
beforeAll(async () => {
  database = await openTestDb()
})
afterEach(async () => {
  await worker?.stop()
  worker = undefined
})
afterAll(() => database.close())

test('a paused workspace ends its step, begins nothing below either, and goes on when it is resumed', async () => {
  const { org, lead, writer, elsewhere } = await team()
  await controlWorkspace(org, { workspaceId: lead, verb: 'pause' })
  worker = startWorker({ db: database.db })
  const own = await delegate(org, { workspaceId: lead, task: 'Plan' })
  const below = await delegate(org, { workspaceId: writer, task: 'Write' })
  const free = await delegate(org, { workspaceId: elsewhere, task: 'Be free' })
  expect((await untilState(org, free.delegationId)).state).toBe('completed')
  expect((await getDelegation(org, own.delegationId)).delegation.state).toBe('queued')
  expect((await getDelegation(org, below.delegationId)).delegation.state).toBe('queued')
  expect(await wakeAsleep(database.db)).toEqual([])

  await expect(controlWorkspace(org, { workspaceId: writer, verb: 'resume' })).rejects.toThrow('is paused')
  await controlWorkspace(org, { workspaceId: lead, verb: 'resume' })
  expect((await untilState(org, own.delegationId)).state).toBe('completed')
  expect((await untilState(org, below.delegationId)).state).toBe('completed')
})

test('work that runs when its workspace is paused keeps its finished step and queues', async () => {
  worker = startWorker({ db: database.db })
  const { org, writer } = await team()
  const { delegationId } = await delegate(org, {
    workspaceId: writer,
    task: 'Round [rehearse: slow 150] [rehearse: loop]',
  })
  await untilState(org, delegationId, ['running'])
  await controlWorkspace(org, { workspaceId: writer, verb: 'pause' })
  await untilState(org, delegationId, ['queued'])
  const { steps } = await getDelegation(org, delegationId)
  expect(steps.every((step) => step.state === 'done')).toBe(true)
})

test('a freeze refuses what would change something, by policy and in our words, and leaves reading and talking', async () => {
  const done: string[] = []
  worker = startWorker({ db: database.db, tools: [...agentTools, drop(done)] })
  const { org, lead } = await team()
  await giveScript(org, [
    {
      workspace: 'Lead',
      when: { always: true },
      turns: [
        {
          call: [
            { tool: 'drop_table', args: {} },
            { tool: 'list_peers', args: {} },
          ],
        },
        { answer: 'Done: {results}' },
      ],
    },
  ])
  await freezeOrg(org, true)
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Clean up' })
  expect((await untilState(org, delegationId)).state).toBe('completed')
  const { steps } = await getDelegation(org, delegationId)
  const byName = new Map(steps.map((step) => [step.name, step]))
  expect(byName.get('drop_table')).toMatchObject({ state: 'failed', error: expect.stringContaining('is frozen') })
  expect(byName.get('list_peers')?.state).toBe('done')
  expect(done).toEqual([])

  await freezeOrg(org, false)
  const again = await delegate(org, { workspaceId: lead, task: 'Clean up' })
  expect((await untilState(org, again.delegationId)).state).toBe('completed')
  expect(done).toEqual(['dropped'])
})

test('stopping the company ends everything alive at once, and nothing begins until it is started again', async () => {
  worker = startWorker({ db: database.db })
  const { org, lead, writer } = await team()
  const tree = await delegate(org, { workspaceId: lead, task: 'All [rehearse reports: slow 60000]' })
  await untilState(org, tree.delegationId, ['waiting'])
  const began = Date.now()
  const { delegations } = await stopCompany(org)
  expect(delegations).toBe(3)
  expect((await untilState(org, tree.delegationId)).state).toBe('cancelled')
  for (const child of (await getDelegation(org, tree.delegationId)).children)
    await untilState(org, child.id, ['cancelled'])
  // A quarter of a second here; the bound leaves room for a machine that runs other tests beside.
  expect(Date.now() - began).toBeLessThan(2_500)
  await expect(delegate(org, { workspaceId: writer, task: 'More' })).rejects.toThrow('is stopped')

  await startCompany(org)
  const next = await delegate(org, { workspaceId: writer, task: 'More' })
  expect((await untilState(org, next.delegationId)).state).toBe('completed')
})

test('words into running work are heard once, and before it ends', async () => {
  worker = startWorker({ db: database.db })
  const { org, writer } = await team()
  const { delegationId } = await delegate(org, { workspaceId: writer, task: 'Write [rehearse: slow 400]' })
  await untilState(org, delegationId, ['running'])
  const words = { text: 'Shorter, please', idempotencyKey: randomUUID() }
  await sendMessage(org, delegationId, words)
  await sendMessage(org, delegationId, words)
  expect((await untilState(org, delegationId)).state).toBe('completed')
  const { steps } = await getDelegation(org, delegationId)
  expect(steps.map((step) => `${step.kind} ${step.name}`)).toEqual([
    'context context',
    'model rehearsal',
    'note message',
    'model rehearsal',
  ])
  // What it heard it has heard, also where the answer was lost and it has ended since.
  await sendMessage(org, delegationId, words)
  await expect(sendMessage(org, delegationId, { text: 'Too late' })).rejects.toThrow('already ended')
})

test('reassigned work goes on elsewhere, and whoever waits for it waits for that', async () => {
  worker = startWorker({ db: database.db })
  const { org, lead, writer, checker } = await team()
  await giveScript(org, [
    {
      workspace: 'Lead',
      when: { always: true },
      turns: [{ delegate: [{ to: 'Writer', task: 'Write it' }] }, { answer: '{results}' }],
    },
    { workspace: 'Writer', when: { always: true }, turns: [{ delay_ms: 60_000, answer: 'From the writer' }] },
    { workspace: 'Checker', when: { always: true }, turns: [{ answer: 'From the checker' }] },
  ])
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Go' })
  await untilState(org, delegationId, ['waiting'])
  const [child] = (await getDelegation(org, delegationId)).children
  if (!child) throw new Error('it has no part')
  await untilState(org, child.id, ['running'])
  const moved = await reassignDelegation(org, child.id, checker)
  expect((await untilState(org, delegationId)).answer).toContain('From the checker')
  expect(await untilState(org, child.id)).toMatchObject({
    state: 'cancelled',
    reason: expect.stringContaining('Checker'),
  })
  expect((await getDelegation(org, moved.delegationId)).delegation.workspaceId).toBe(checker)
  expect(writer).not.toBe(checker)
  expect((await readLog(org)).filter((event) => event.type === 'delegation.reassigned')).toHaveLength(1)
})

function drop(done: string[]): AnyTool {
  return {
    name: 'drop_table',
    description: 'Drops a table somewhere else.',
    inputSchema: { type: 'object' },
    hints: { readOnly: false, idempotent: false },
    perform: async () => {
      done.push('dropped')
      return { text: 'Dropped.' }
    },
  }
}

async function team(): Promise<{ org: OrgContext } & Awaited<ReturnType<typeof makeTeam>>> {
  const org = await makeOrg(database.db)
  return { org, ...(await makeTeam(org)) }
}

async function makeTeam(org: OrgContext) {
  const made = await makeWorkspaces(org, { Lead: { Writer: {}, Checker: {} }, Elsewhere: {} })
  const { Lead: lead, Writer: writer, Checker: checker, Elsewhere: elsewhere } = made
  if (!lead || !writer || !checker || !elsewhere) throw new Error('the team is not complete')
  return { lead, writer, checker, elsewhere }
}
