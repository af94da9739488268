import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApprovalId, WorkspaceId } from '#shared/kernel/ids.ts'
import { decideApproval } from './features/approvals/decide-approval.ts'
import { listApprovals } from './features/approvals/list-approvals.ts'
import { setRule } from './features/approvals/rules.ts'
import { delegate } from './features/delegations/delegate.ts'
import { createKey } from './features/keys/index.ts'
import type { OrgContext } from './kernel/actor.ts'
import { findKey } from './kernel/machines/find-key.ts'
import { inOrg } from './kernel/trpc.ts'
import { untilState } from './testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { startWorker, type Worker } from './worker.ts'

let database: TestDb
let worker: Worker
beforeAll(async () => {
  database = await openTestDb()
  worker = startWorker({ db: database.db })
})
afterAll(async () => {
  await worker.stop()
  await database.close()
})

const answering = ['approvals.answer', 'approvals.read', 'delegations.give', 'delegations.read']

/** The context of whoever shows a fresh key that `maker` made. */
async function byKey(maker: OrgContext, holder: 'me' | 'machine', permissions: string[] | null): Promise<OrgContext> {
  const { token } = await createKey(maker, { name: 'CI', holder, role: 'admin', permissions })
  const machine = await findKey(database.db, token)
  return await inOrg({ db: database.db, user: null, machine }, maker.orgId)
}

/** Gives work that asks at once. */
async function ask(giver: OrgContext, workspaceId: WorkspaceId): Promise<ApprovalId> {
  const { delegationId } = await delegate(giver, { workspaceId, task: 'Share it out' })
  await untilState(giver, delegationId, ['waiting'])
  const { approvals } = await listApprovals(giver, { which: 'pending', limit: 50 })
  const found = approvals.find((one) => one.delegationId === delegationId)
  if (!found) throw new Error('it asked nothing')
  return found.id
}

async function company() {
  const owner = await makeOrg(database.db)
  const { Lead: lead } = await makeWorkspaces(owner, { Lead: { Writer: {} } })
  if (!lead) throw new Error('there is no lead')
  const rule = { tool: 'delegate_*', workspaceId: null, maxTier: null, minCost: null }
  await setRule(owner, rule)
  const [one, other] = [await makeMember(owner, 'admin', 'One'), await makeMember(owner, 'admin', 'Other')]
  return { owner, lead, one, other }
}

const answer = (context: OrgContext, approvalId: ApprovalId) =>
  decideApproval(context, { approvalId, decision: 'denied', reason: '' })

test('attack 14: nobody approves what they asked, neither by a key nor with a key in between', async () => {
  const { lead, one, other } = await company()
  const machine = await byKey(one, 'machine', answering)
  const secondMachine = await byKey(one, 'machine', answering)
  const laptop = await byKey(one, 'me', answering)
  const byMachine = await ask(machine, lead)
  for (const hand of [machine, secondMachine, laptop, one]) {
    await expect(answer(hand, byMachine)).rejects.toMatchObject({ code: 'forbidden' })
  }
  await answer(other, byMachine)
  const byPerson = await ask(one, lead)
  for (const hand of [machine, laptop, one]) {
    await expect(answer(hand, byPerson)).rejects.toMatchObject({ code: 'forbidden' })
  }
  await answer(await byKey(other, 'machine', answering), byPerson)
})

test('a key answers only where its permissions name it', async () => {
  const { lead, one, other } = await company()
  const approvalId = await ask(one, lead)
  for (const permissions of [null, ['approvals.read']]) {
    const key = await byKey(other, 'machine', permissions)
    await expect(answer(key, approvalId)).rejects.toMatchObject({ code: 'forbidden' })
  }
  await answer(await byKey(other, 'machine', ['approvals.answer']), approvalId)
})

test('a key of somebody alone in an organisation does not answer for them either', async () => {
  const owner = await makeOrg(database.db)
  const { Lead: lead } = await makeWorkspaces(owner, { Lead: { Writer: {} } })
  if (!lead) throw new Error('there is no lead')
  await setRule(owner, { tool: 'delegate_*', workspaceId: null, maxTier: null, minCost: null })
  const approvalId = await ask(owner, lead)
  const key = await byKey(owner, 'me', answering)
  await expect(answer(key, approvalId)).rejects.toMatchObject({ code: 'forbidden' })
  await answer(owner, approvalId)
})
