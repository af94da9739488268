import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { logText } from '#shared/delegations/log-text.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { giveScript, untilState } from '../../testing/engine.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { cancelDelegation } from './cancel-delegation.ts'
import { delegate } from './delegate.ts'
import { getDelegation } from './get-delegation.ts'
import { getLog } from './get-log.ts'
import { listDelegations } from './list-delegations.ts'
import { sendMessage } from './send-message.ts'

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

async function team() {
  const org = await makeOrg(database.db)
  const { Lead, Writer } = await makeWorkspaces(org, { Lead: { Writer: {} } })
  return { org, lead: known(Lead), writer: known(Writer) }
}

function known(id: WorkspaceId | undefined): WorkspaceId {
  if (!id) throw new Error('there is no such workspace')
  return id
}

test('queued work knows its place: by priority, then first come', async () => {
  const { org, writer } = await team()
  const give = (task: string, priority?: 'high') => delegate(org, { workspaceId: writer, task, priority })
  const [first, second] = [await give('First'), await give('Second')]
  const urgent = await give('Urgent', 'high')
  const placeOf = async ({ delegationId }: typeof first) =>
    (await getDelegation(org, delegationId)).delegation.queuePosition
  expect([await placeOf(urgent), await placeOf(first), await placeOf(second)]).toEqual([1, 2, 3])

  const listed = await listDelegations(org, { workspaceId: writer, rootsOnly: false, limit: 50 })
  expect(listed.map(({ task, queuePosition }) => [task, queuePosition])).toEqual([
    ['Urgent', 1],
    ['Second', 3],
    ['First', 2],
  ])
  await cancelDelegation(org, first.delegationId)
  expect(await placeOf(second)).toBe(2)
})

test('the log holds the work with all it handed on, and what people said in it by name', async () => {
  worker = startWorker({ db: database.db })
  const { org, lead } = await team()
  await giveScript(org, [
    {
      workspace: 'Lead',
      when: { always: true },
      turns: [{ delegate: [{ to: 'Writer', task: 'Write it' }] }, { answer: '{results}' }],
    },
    { workspace: 'Writer', when: { always: true }, turns: [{ delay_ms: 1500, answer: 'Written' }] },
  ])
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Have it written' })
  await untilState(org, delegationId, ['waiting'])
  await sendMessage(org, delegationId, { text: 'Short, please' })
  await untilState(org, delegationId)

  const log = await getLog(org, delegationId)
  expect(log.total).toBe(2)
  expect(log.entries.map(({ delegation }) => delegation.workspaceName)).toEqual(['Lead', 'Writer'])
  const said = log.entries[0]?.steps.find(({ kind, name }) => kind === 'note' && name === 'message')
  expect(said?.summary).toBe(`${org.actor.name}: Short, please`)
  expect(logText(log)).toContain('\n    Writer: Write it\n')

  const [, part] = log.entries
  expect((await getLog(org, part?.delegation.id ?? delegationId)).total).toBe(1)
})
