import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DelegationId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { giveScript, readLog, untilState } from '../../testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { delegate } from './delegate.ts'
import { forkDelegation } from './fork-delegation.ts'
import { getDelegation } from './get-delegation.ts'
import { compareDelegations, relativesOf } from './replay-compare.ts'
import { replayDelegation } from './replay-delegation.ts'

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

test('a fork with another result of one call goes on from there, and nothing before it is done again', async () => {
  const { org, source } = await done()
  const before = await getDelegation(org, source)
  const edit = { kind: 'result', text: 'The tide is red.' } as const
  const { delegationId: fork } = await forkDelegation(org, { delegationId: source, atStep: 2, edit })
  const ended = await untilState(org, fork)
  expect(ended.state).toBe('completed')
  expect(ended.answer).toContain('The tide is red.')
  expect(ended.answer).toContain('B says so.')

  const { delegation, steps, children } = await getDelegation(org, fork)
  expect(children).toEqual([])
  expect(delegation).toMatchObject({ parentId: null, rootId: fork, depth: 0, stepsTaken: before.delegation.stepsTaken })
  // Both calls of the answer came along; what follows was asked anew and is all that the fork paid for.
  expect(steps.map((step) => [step.kind, step.state])).toEqual(before.steps.map((step) => [step.kind, step.state]))
  expect(steps.slice(0, 4).every((step) => step.inputTokens + step.outputTokens === 0)).toBe(true)
  expect(delegation.inputTokens).toBe(steps.at(-1)?.inputTokens)
  expect((await getDelegation(org, source)).steps).toEqual(before.steps)
  expect(await replayDelegation(org, fork)).toMatchObject({ equal: true })

  const log = await readLog(org)
  const own = log.filter((event) => event.delegationId === fork && event.type.startsWith('delegation.'))
  expect(own.map((event) => event.type).slice(0, 2)).toEqual(['delegation.forked', 'delegation.queued'])
  expect(own[0]?.payload).toMatchObject({ sourceId: source, atStep: 3 })
})

test('side by side: the shared beginning, the edited step, and what either did after it', async () => {
  const { org, source } = await done()
  const edit = { kind: 'result', text: 'The tide is red.' } as const
  const { delegationId: fork } = await forkDelegation(org, { delegationId: source, atStep: 2, edit })
  await untilState(org, fork)
  const both = await compareDelegations(org, { left: source, right: fork })
  expect(both.rows.map((row) => row.is)).toEqual(['same', 'same', 'edited', 'same', 'other'])
  expect(both).toMatchObject({ isFork: true, shared: 4, left: { delegation: { id: source } } })
  expect(both.sharedTokens).toBeGreaterThan(0)
  expect(await relativesOf(org, source)).toMatchObject({ forkedFrom: null, forks: [{ id: fork, atStep: 3 }] })
  expect(await relativesOf(org, fork)).toMatchObject({ forkedFrom: source, forkedAtStep: 3 })
})

test('a fork with another prompt, model or limit begins anew with it', async () => {
  const { org, source } = await done()
  const forked = async (edit: Parameters<typeof forkDelegation>[1]['edit'], atStep = 0) => {
    const { delegationId } = await forkDelegation(org, { delegationId: source, atStep, edit })
    await untilState(org, delegationId)
    const { delegation, steps } = await getDelegation(org, delegationId)
    return { delegation, context: steps[0]?.output, models: steps.filter((step) => step.kind === 'model') }
  }
  const prompted = await forked({ kind: 'prompt', text: 'Be brief.' })
  expect(prompted.context).toMatchObject({ prompt: { text: 'Be brief.' } })
  expect(prompted.delegation.state).toBe('completed')
  expect((await forked({ kind: 'model', model: 'rehearsal:other' })).models[0]?.name).toBe('rehearsal:other')
  const limited = await forkDelegation(org, { delegationId: source, atStep: 0, edit: { kind: 'steps', maxSteps: 2 } })
  expect(await untilState(org, limited.delegationId, ['waiting', 'completed'])).toBeDefined()
  expect((await getDelegation(org, limited.delegationId)).delegation.stepLimit).toBe(2)
})

test('what has no such step, no result there, or no right to be forked is refused in words', async () => {
  const { org, source } = await done()
  const at = (atStep: number, edit: Parameters<typeof forkDelegation>[1]['edit'] = { kind: 'nothing' }) =>
    forkDelegation(org, { delegationId: source, atStep, edit })
  await expect(at(99)).rejects.toThrow('It has no step 99.')
  await expect(at(1, { kind: 'result', text: 'x' })).rejects.toThrow('Step 1 is no call')
  const viewer = await makeMember(org, 'viewer')
  const given = { delegationId: source, atStep: 0, edit: { kind: 'nothing' } } as const
  await expect(forkDelegation(viewer, given)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(forkDelegation(await makeOrg(testDb.db), given)).rejects.toMatchObject({ code: 'not-found' })
})

async function done(): Promise<{ org: OrgContext; source: DelegationId }> {
  const org = await makeOrg(testDb.db)
  const { Lead } = await makeWorkspaces(org, { Lead: { A: {}, B: {} } })
  if (!Lead) throw new Error('no Lead')
  await giveScript(org, [
    { workspace: 'A', when: { always: true }, turns: [{ answer: 'A says so.' }] },
    { workspace: 'B', when: { always: true }, turns: [{ answer: 'B says so.' }] },
  ])
  const { delegationId: source } = await delegate(org, { workspaceId: Lead, task: 'Share it' })
  await untilState(org, source)
  return { org, source }
}
