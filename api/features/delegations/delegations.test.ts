import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { giveScript, readLog, setRehearsal, untilState, untilSteps } from '../../testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { deleteWorkspace } from '../workspaces/index.ts'
import { activeDelegations } from './active-delegations.ts'
import { cancelDelegation } from './cancel-delegation.ts'
import { continueDelegation } from './continue-delegation.ts'
import { delegate } from './delegate.ts'
import { getDelegation } from './get-delegation.ts'
import { listDelegations } from './list-delegations.ts'
import { resumeLoop } from './resume-loop.ts'
import { retryDelegation } from './retry-delegation.ts'
import { wakeAsleep } from './sweep.ts'

let test_: TestDb
let worker: Worker
const errors: unknown[] = []
beforeAll(async () => {
  test_ = await openTestDb()
  worker = startWorker({ db: test_.db, onError: (error) => errors.push(error) })
})
afterAll(async () => {
  await worker.stop()
  await test_.close()
  expect(errors).toEqual([])
})

test('a lead hands parts to its reports, waits for them and sums up what came back', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Lead: { Researcher: {}, Writer: {} } })
  const { delegationId } = await delegate(org, { workspaceId: idOf(ids, 'Lead'), task: 'Write about tides' })
  const ended = await untilState(org, delegationId)
  expect(ended.state).toBe('completed')
  expect(ended.answer).toMatch(/All parts came back[\s\S]*Researcher[\s\S]*Writer/)

  const { delegation, steps, children } = await getDelegation(org, delegationId)
  expect(delegation).toMatchObject({ isRehearsal: true, stepsTaken: 4, requesterName: 'Olga Owner', depth: 0 })
  expect(delegation.inputTokens).toBeGreaterThan(0)
  expect(steps.map((step) => [step.kind, step.name, step.state])).toEqual([
    ['context', 'context', 'done'],
    ['model', 'rehearsal', 'done'],
    ['tool', 'delegate_task', 'done'],
    ['tool', 'delegate_task', 'done'],
    ['model', 'rehearsal', 'done'],
  ])
  expect(children.map((child) => [child.workspaceName, child.state, child.depth])).toEqual(
    expect.arrayContaining([
      ['Researcher', 'completed', 1],
      ['Writer', 'completed', 1],
    ]),
  )
  const log = await readLog(org)
  const own = log.filter((event) => event.delegationId === delegationId && event.type.startsWith('delegation.'))
  expect(own.map((event) => event.type)).toEqual([
    'delegation.queued',
    'delegation.started',
    'delegation.waiting',
    'delegation.resumed',
    'delegation.completed',
  ])
  expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1))
})

test('a part that fails is told as a failure, and the work goes on with it', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Lead: { Researcher: {} } })
  const task = 'Look it up [rehearse reports: fail The library is closed]'
  const { delegationId } = await delegate(org, { workspaceId: idOf(ids, 'Lead'), task })
  const ended = await untilState(org, delegationId)
  expect(ended.state).toBe('completed')
  expect(ended.answer).toContain('Researcher did not deliver: Researcher failed: The library is closed')
})

test('a model that fails ends the delegation with its words, and a retry is a new one', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Solo: {} })
  const task = 'Try [rehearse: fail 401 invalid key]'
  const first = await delegate(org, { workspaceId: idOf(ids, 'Solo'), task })
  expect(await untilState(org, first.delegationId)).toMatchObject({ state: 'failed', reason: '401 invalid key' })
  const again = await retryDelegation(org, first.delegationId)
  expect(again.delegationId).not.toBe(first.delegationId)
  await untilState(org, again.delegationId)
  await expect(cancelDelegation(org, again.delegationId)).rejects.toMatchObject({ code: 'conflict' })
})

test('a retry that is sent again after its answer was lost is the same new one, also when that has failed too', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Solo: {} })
  const task = 'Try [rehearse: fail 401 invalid key]'
  const first = await delegate(org, { workspaceId: idOf(ids, 'Solo'), task })
  await untilState(org, first.delegationId)
  const key = randomUUID()
  const raced = await Promise.all([1, 2, 3].map(() => retryDelegation(org, first.delegationId, key)))
  const [again] = raced
  if (!again) throw new Error('nothing was retried')
  expect(new Set(raced.map(({ delegationId }) => delegationId)).size).toBe(1)
  await untilState(org, again.delegationId)
  expect(await retryDelegation(org, first.delegationId, key)).toEqual({
    ...{ delegationId: again.delegationId, state: 'failed', idempotentHit: true },
  })
  expect((await retryDelegation(org, first.delegationId, randomUUID())).delegationId).not.toBe(again.delegationId)
})

test('a model nobody provides fails in words', async () => {
  const org = await makeOrg(test_.db)
  await setRehearsal(org, false)
  const ids = await makeWorkspaces(org, { Solo: {} }, { Solo: { model: 'acme:large' } })
  const { delegationId } = await delegate(org, { workspaceId: idOf(ids, 'Solo'), task: 'Think' })
  const ended = await untilState(org, delegationId)
  expect(ended).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('No provider for acme is configured'),
  })
})

test('work stops at the step limit and goes on by 25 when a person says so', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Solo: {} }, { Solo: { max_steps: 6 } })
  const rounds = Array.from({ length: 40 }, (_, round) => ({ message_user: `Round ${round}` }))
  await giveScript(org, [{ workspace: 'Solo', when: { always: true }, turns: rounds }])
  const { delegationId } = await delegate(org, { workspaceId: idOf(ids, 'Solo'), task: 'Count the rounds' })
  const stopped = await untilState(org, delegationId, ['waiting'])
  expect(stopped).toMatchObject({ waitingFor: 'budget', reason: expect.stringContaining('its limit is 6') })
  await continueDelegation(org, delegationId)
  await untilSteps(org, delegationId, 31)
  await untilState(org, delegationId, ['waiting'])
  const { delegation } = await getDelegation(org, delegationId)
  expect(delegation).toMatchObject({ stepLimit: 31, waitingFor: 'budget' })
  await cancelDelegation(org, delegationId)
  expect(await untilState(org, delegationId)).toMatchObject({ state: 'cancelled', reason: 'Olga Owner cancelled it.' })
})

test('a loop is paused with what repeats, and ends when a person says so', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Solo: {} })
  const { delegationId } = await delegate(org, { workspaceId: idOf(ids, 'Solo'), task: 'Spin [rehearse: loop]' })
  const paused = await untilState(org, delegationId, ['waiting'])
  expect(paused).toMatchObject({ waitingFor: 'input', reason: expect.stringContaining('list_peers') })
  const { delegation } = await getDelegation(org, delegationId)
  expect(delegation.stepsTaken).toBeLessThanOrEqual(12)
  await resumeLoop(org, delegationId, 'end')
  expect(await untilState(org, delegationId)).toMatchObject({ state: 'failed', reason: paused.reason })
})

test('cancelling a tree ends its children and the model calls in flight within a second', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Lead: { A: {}, B: {} } })
  const task = 'Take long [rehearse reports: slow 60000]'
  const { delegationId } = await delegate(org, { workspaceId: idOf(ids, 'Lead'), task })
  await untilState(org, delegationId, ['waiting'])
  const { children } = await getDelegation(org, delegationId)
  for (const child of children) await untilState(org, child.id, ['running'])
  const began = Date.now()
  await cancelDelegation(org, delegationId)
  await untilState(org, delegationId)
  for (const child of children) expect((await untilState(org, child.id)).state).toBe('cancelled')
  expect(Date.now() - began).toBeLessThan(1_000)
  const after = await getDelegation(org, delegationId)
  expect(after.steps.filter((step) => ['pending', 'running', 'waiting'].includes(step.state))).toEqual([])
})

test('work queues by priority and first come when a workspace has one place', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Solo: {} })
  const workspaceId = idOf(ids, 'Solo')
  const first = await delegate(org, { workspaceId, task: 'Hold the place [rehearse: slow 600]' })
  await untilState(org, first.delegationId, ['running'])
  const given: { id: DelegationId; rank: number; at: number }[] = []
  const priorities = ['low', 'normal', 'critical', 'high'] as const
  for (let at = 0; at < 49; at++) {
    const priority = priorities[at % 4] ?? 'low'
    const { delegationId } = await delegate(org, { workspaceId, task: `Number ${at}`, priority })
    given.push({ id: delegationId, rank: ['critical', 'high', 'normal', 'low'].indexOf(priority), at })
  }
  for (const { id } of given) await untilState(org, id)
  const log = await readLog(org)
  const started = log.filter((event) => event.type === 'delegation.started').map((event) => event.delegationId)
  const expected = given.toSorted((one, other) => one.rank - other.rank || one.at - other.at).map(({ id }) => id)
  expect(started).toEqual([first.delegationId, ...expected])
  let running = 0
  for (const { type } of log) {
    if (type === 'delegation.started' || type === 'delegation.resumed') running++
    if (type === 'delegation.completed') running--
    expect(running).toBeLessThanOrEqual(1)
  }
})

test('the same key gives the same delegation, also in a race; a failed one frees it', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Solo: {} })
  const input = {
    workspaceId: idOf(ids, 'Solo'),
    task: 'Once [rehearse: slow 500] [rehearse: fail no]',
    idempotencyKey: 'k',
  }
  const raced = await Promise.all(Array.from({ length: 10 }, () => delegate(org, input)))
  expect(new Set(raced.map((one) => one.delegationId)).size).toBe(1)
  expect(raced.filter((one) => !one.idempotentHit)).toHaveLength(1)
  const [first] = raced
  if (!first) throw new Error('nothing was created')
  await untilState(org, first.delegationId)
  const again = await delegate(org, input)
  expect(again).toMatchObject({ idempotentHit: false })
  expect(again.delegationId).not.toBe(first.delegationId)
})

test('a busy workspace refuses who will not wait', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Solo: {} })
  const workspaceId = idOf(ids, 'Solo')
  const { delegationId } = await delegate(org, { workspaceId, task: 'Hold [rehearse: slow 60000]' })
  const refused = delegate(org, { workspaceId, task: 'Now', rejectWhenBusy: true })
  await expect(refused).rejects.toMatchObject({ code: 'busy', message: expect.stringContaining('1 of 1') })
  await cancelDelegation(org, delegationId)
})

test('another org sees nothing, and a viewer may look but not act', async () => {
  const org = await makeOrg(test_.db)
  const other = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Solo: {} })
  const workspaceId = idOf(ids, 'Solo')
  const { delegationId } = await delegate(org, { workspaceId, task: 'Quietly' })
  const notFound = { code: 'not-found' }
  await expect(delegate(other, { workspaceId, task: 'Mine?' })).rejects.toMatchObject(notFound)
  await expect(getDelegation(other, delegationId)).rejects.toMatchObject(notFound)
  await expect(cancelDelegation(other, delegationId)).rejects.toMatchObject(notFound)
  await expect(continueDelegation(other, delegationId)).rejects.toMatchObject(notFound)
  await expect(retryDelegation(other, delegationId)).rejects.toMatchObject(notFound)
  expect(await listDelegations(other, { rootsOnly: false, limit: 50 })).toEqual([])
  const viewer = await makeMember(org, 'viewer')
  expect(await listDelegations(viewer, { rootsOnly: true, limit: 50 })).toHaveLength(1)
  await expect(delegate(viewer, { workspaceId, task: 'Please' })).rejects.toMatchObject({ code: 'forbidden' })
  await untilState(org, delegationId)
  const active = await activeDelegations(viewer)
  expect(active.delegations).toEqual([])
  expect(active.seq).toBe((await readLog(org)).length)
})

test('what a page begins with says up to where everything read beside it is settled, at most 500 events back', async () => {
  const org = await makeOrg(test_.db)
  const head = (await activeDelegations(org)).seq
  expect((await activeDelegations(org)).settledSeq).toBe(0)
  await test_.asAdmin(`update events set at = at - interval '1 minute' where org_id = '${org.orgId}'`)
  expect((await activeDelegations(org)).settledSeq).toBe(head)
  await makeWorkspaces(org, { Solo: {} })
  expect((await activeDelegations(org)).settledSeq).toBe(head)
  await makeWorkspaces(org, Object.fromEntries(Array.from({ length: 520 }, (_, count) => [`Hand ${count}`, {}])))
  const { seq, settledSeq } = await activeDelegations(org)
  expect(settledSeq).toBe(seq - 500)
})

test('a script is played, and what the org chart refuses comes back to the model in words', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Chief: { Lead: { A: {} }, Other: { Cousin: {} } } })
  await giveScript(org, [
    {
      workspace: 'Lead',
      when: { includes: ['TIDES'] },
      turns: [
        {
          say: 'First I ask around.',
          delegate: [
            { to: 'A', task: 'Measure {task}' },
            { to: 'Cousin', task: 'Help' },
          ],
        },
        {
          delegate: [
            { to: 'Lead', task: 'Myself' },
            { to: 'Nobody', task: 'Hm' },
          ],
          message_user: 'Half way through.',
        },
        { answer: 'A says: {result:A} Cousin: {result:Cousin} Me: {result:Lead} Nobody: {result:Nobody}' },
      ],
    },
    { workspace: 'a', when: { always: true }, turns: [{ answer: 'Done: {task}.' }] },
  ])
  const { delegationId } = await delegate(org, { workspaceId: idOf(ids, 'Lead'), task: 'the tides' })
  const { state, answer } = await untilState(org, delegationId)
  expect(state).toBe('completed')
  expect(answer).toContain('A says: Done: Measure the tides.')
  expect(answer).toContain('Lead cannot talk to Cousin: the org chart allows siblings, parent and children.')
  expect(answer).toContain('Lead cannot delegate to itself.')
  expect(answer).toContain('There is no workspace Nobody. Your peers are: A, Chief, Other.')
  const { steps, children } = await getDelegation(org, delegationId)
  expect(children).toHaveLength(1)
  expect(steps.find((step) => step.kind === 'message')).toMatchObject({ state: 'done', summary: 'Half way through.' })
  expect((await readLog(org)).filter((event) => event.type === 'message.sent')).toHaveLength(1)
})

test('removing a workspace ends its work with the reason', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Lead: { A: {} } })
  const task = 'Take long [rehearse reports: slow 60000]'
  const { delegationId } = await delegate(org, { workspaceId: idOf(ids, 'Lead'), task })
  await untilState(org, delegationId, ['waiting'])
  await deleteWorkspace(org, { orgId: org.orgId, workspaceId: idOf(ids, 'A'), confirmed: [] })
  const ended = await untilState(org, delegationId)
  expect(ended).toMatchObject({ state: 'completed', answer: expect.stringContaining('A was removed') })
})

test('work given in the instant of a deletion is refused or ends cancelled, and never sleeps', async () => {
  const org = await makeOrg(test_.db)
  for (let turn = 0; turn < 8; turn++) {
    const { Writer } = await makeWorkspaces(org, { Writer: {} })
    if (!Writer) throw new Error('no workspace was made')
    const given = delegate(org, { workspaceId: Writer, task: 'Go [rehearse: slow 5000]' })
    const [work] = await Promise.allSettled([
      given,
      deleteWorkspace(org, { orgId: org.orgId, workspaceId: Writer, confirmed: [] }),
    ])
    if (work.status === 'rejected') expect(work.reason).toMatchObject({ code: 'not-found' })
    else expect(await untilState(org, work.value.delegationId)).toMatchObject({ state: 'cancelled' })
  }
})

test('work asked for in the background is not waited for, and its state can be asked', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Lead: { A: {} } })
  await giveScript(org, [
    {
      workspace: 'Lead',
      when: { always: true },
      turns: [{ delegate: [{ to: 'A', task: 'Later [rehearse: slow 300]', async: true }] }, { answer: '{result:A}' }],
    },
  ])
  const { delegationId } = await delegate(org, { workspaceId: idOf(ids, 'Lead'), task: 'Go' })
  const { answer } = await untilState(org, delegationId)
  const { children } = await getDelegation(org, delegationId)
  expect(answer).toContain(children[0]?.id)
  for (const child of children) await untilState(org, child.id)
})

test('when all is done nothing sleeps', async () => {
  expect(await wakeAsleep(test_.db)).toEqual([])
})

function idOf<T>(ids: Readonly<Record<string, T>>, name: string): T {
  const id = ids[name]
  if (!id) throw new Error(`no workspace ${name}`)
  return id
}
