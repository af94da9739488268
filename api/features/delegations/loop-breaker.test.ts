import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { readRow } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { giveScript, readLog, untilState } from '../../testing/engine.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { cancelDelegation } from './cancel-delegation.ts'
import { delegate } from './delegate.ts'
import { getDelegation } from './get-delegation.ts'
import { loopHolds } from './loop-holds.ts'
import { resumeLoop } from './resume-loop.ts'

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

function idOf(ids: Record<string, WorkspaceId>, name: string): WorkspaceId {
  const id = ids[name]
  if (!id) throw new Error(`there is no ${name}`)
  return id
}

async function countWork({ db, orgId }: OrgContext): Promise<number> {
  const row = await readRow<{ count: number }>(db, orgId, sql`select count(*)::int as count from delegations`)
  return row?.count ?? 0
}

test('an endless loop of one call is held after five rounds, goes on once, and is ended with the reason', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Solo: {} })
  const { delegationId } = await delegate(org, { workspaceId: idOf(ids, 'Solo'), task: 'Spin [rehearse: loop]' })
  const sentence = 'Solo called list_peers 5 times with the same arguments and got the same answer.'
  expect(await untilState(org, delegationId, ['waiting'])).toMatchObject({ waitingFor: 'input', reason: sentence })
  expect(await loopHolds(org)).toMatchObject([{ delegationId, rule: 'same-call', sentence }])
  expect((await getDelegation(org, delegationId)).delegation.stepsTaken).toBe(10)

  await resumeLoop(org, delegationId, 'once')
  await untilHolds(org, 2)
  await untilState(org, delegationId, ['waiting'])
  expect((await getDelegation(org, delegationId)).delegation.stepsTaken).toBe(20)
  await resumeLoop(org, delegationId, 'end')
  expect(await untilState(org, delegationId)).toMatchObject({ state: 'failed', reason: sentence })
  expect(await loopHolds(org)).toEqual([])
})

async function untilHolds(org: OrgContext, count: number): Promise<void> {
  for (let looks = 0; looks < 1_000; looks++) {
    if ((await readLog(org)).filter((event) => event.type === 'chain.paused').length >= count) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`the breaker never paused ${count} times`)
}

test('allowed always, it goes on to its step limit, in later work too', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Solo: {} })
  const work = { workspaceId: idOf(ids, 'Solo'), task: 'Spin [rehearse: loop]' }
  const first = await delegate(org, work)
  await untilState(org, first.delegationId, ['waiting'])
  await resumeLoop(org, first.delegationId, 'always')
  const reason = expect.stringContaining('its limit is 25')
  await untilHeldFor(org, first.delegationId, 'budget')
  expect(await untilState(org, first.delegationId, ['waiting'])).toMatchObject({ waitingFor: 'budget', reason })
  const second = await delegate(org, work)
  await untilHeldFor(org, second.delegationId, 'budget')
  expect(await loopHolds(org)).toEqual([])
})

async function untilHeldFor(org: OrgContext, id: Parameters<typeof untilState>[1], what: string): Promise<void> {
  for (let looks = 0; looks < 1_000; looks++) {
    const { waitingFor } = await untilState(org, id, ['queued', 'running', 'waiting', 'lost'])
    if (waitingFor === what) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`it never waited for ${what}`)
}

test('two that wake each other for ever are held within a few turns, and nothing goes on beside it', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Lead: { Writer: {}, Editor: {} } })
  const wakes = (from: string, to: string) => ({
    workspace: from,
    when: { always: true as const },
    turns: [{ delegate: [{ to, task: 'There was a comment. Answer it.', async: true }] }, { answer: 'I commented.' }],
  })
  await giveScript(org, [wakes('Writer', 'Editor'), wakes('Editor', 'Writer')])
  const { delegationId } = await delegate(org, {
    workspaceId: idOf(ids, 'Writer'),
    task: 'There was a comment. Answer it.',
  })
  const held = await untilHeld(org)
  expect(held.rule).toMatch(/ping-pong|self-wake/)
  expect(await countWork(org)).toBeLessThanOrEqual(5)
  const before = await countWork(org)
  await untilState(org, delegationId)
  expect(await countWork(org)).toBe(before)
  await cancelDelegation(org, held.delegationId)
})

async function untilHeld(org: OrgContext) {
  for (let looks = 0; looks < 1_000; looks++) {
    const [held] = await loopHolds(org)
    if (held) return held
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('the breaker held nothing')
}

test('a delegation that hands out work in a storm is held within its limit; let go on, the call that asked runs', async () => {
  const org = await makeOrg(test_.db)
  const ids = await makeWorkspaces(org, { Lead: { Writer: {} } })
  const parts = Array.from({ length: 8 }, () => ({ to: 'Writer', task: 'Do a part', async: true }))
  await giveScript(org, [
    { workspace: 'Lead', when: { always: true }, turns: [{ say: 'More', delegate: parts, loop: true }] },
    { workspace: 'Writer', when: { always: true }, turns: [{ answer: 'Done' }] },
  ])
  const { delegationId } = await delegate(org, { workspaceId: idOf(ids, 'Lead'), task: 'Everything' })
  await untilHeld(org)
  expect(await untilState(org, delegationId, ['waiting'])).toMatchObject({
    waitingFor: 'input',
    reason: expect.stringMatching(/^Lead asked Writer for the same thing 4 times/),
  })
  expect(await countWork(org)).toBe(4)
  await untilQuiet(org, delegationId)
  await resumeLoop(org, delegationId, 'once')
  await untilWork(org, 7)
  await untilHeld(org)
  expect(await countWork(org)).toBe(7)
  await cancelDelegation(org, delegationId)
  expect((await untilState(org, delegationId)).state).toBe('cancelled')
})

/** Calls that were begun side by side have all met the breaker. */
async function untilQuiet(org: OrgContext, id: DelegationId): Promise<void> {
  for (let looks = 0; looks < 1_000; looks++) {
    const { steps } = await getDelegation(org, id)
    if (steps.every((step) => step.state !== 'running')) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('something runs for ever')
}

async function untilWork(org: OrgContext, count: number): Promise<void> {
  for (let looks = 0; looks < 1_000; looks++) {
    if ((await countWork(org)) >= count) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`it never gave ${count} pieces of work`)
}

test('honest work is left alone: a lead that asks each of its twenty reports', async () => {
  const org = await makeOrg(test_.db)
  const team = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`R${at}`, {}]))
  const ids = await makeWorkspaces(org, { Lead: team })
  const { delegationId } = await delegate(org, { workspaceId: idOf(ids, 'Lead'), task: 'Prepare the launch' })
  expect((await untilState(org, delegationId)).state).toBe('completed')
  expect(await countWork(org)).toBe(21)
  expect((await readLog(org)).filter((event) => event.type === 'chain.paused')).toEqual([])
})
