import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApprovalId, DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import { decideApproval } from './features/approvals/decide-approval.ts'
import { listApprovals } from './features/approvals/list-approvals.ts'
import { setRule } from './features/approvals/rules.ts'
import { delegate } from './features/delegations/delegate.ts'
import { sendMessage } from './features/delegations/send-message.ts'
import { createKey, issueToken } from './features/keys/index.ts'
import { changeSchedule } from './features/schedules/change-schedule.ts'
import { createSchedule } from './features/schedules/create-schedule.ts'
import { runSchedule } from './features/schedules/run-schedule.ts'
import type { OrgContext } from './kernel/actor.ts'
import { inTransaction } from './kernel/db.ts'
import { findKey } from './kernel/machines/find-key.ts'
import { sql } from './kernel/sql.ts'
import { inOrg } from './kernel/trpc.ts'
import { giveScript, untilState } from './testing/engine.ts'
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
  return await questionOf(giver, delegationId)
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

async function questionOf(reader: OrgContext, delegationId: DelegationId): Promise<ApprovalId> {
  await untilState(reader, delegationId, ['waiting'])
  const id = await pendingOf(reader, delegationId)
  if (!id) throw new Error('it asked nothing')
  return id
}

async function pendingOf(reader: OrgContext, delegationId: DelegationId): Promise<ApprovalId | undefined> {
  return (await listApprovals(reader, { which: 'pending', delegationId, limit: 50 })).approvals[0]?.id
}

/** The question that comes once the one before it was answered. */
async function nextQuestionOf(reader: OrgContext, delegationId: DelegationId): Promise<ApprovalId> {
  return await expect
    .poll(() => pendingOf(reader, delegationId), { timeout: 15_000 })
    .toBeDefined()
    .then(() => questionOf(reader, delegationId))
}

async function refusesAll(hands: readonly OrgContext[], approvalId: ApprovalId): Promise<void> {
  for (const hand of hands) await expect(answer(hand, approvalId)).rejects.toMatchObject({ code: 'forbidden' })
}

test('attack 14: nobody approves what a schedule asks with their words, or because they pressed run', async () => {
  const { owner, lead, one, other } = await company()
  const machine = await byKey(one, 'machine', [...answering, 'schedules.write'])
  const planned = { workspaceId: lead, name: 'Daily', cron: '0 3 * * *', timeZone: 'UTC', task: 'Share it out' }
  const input = { orgId: owner.orgId, priority: 'normal' as const, ...planned }
  const { scheduleId } = await createSchedule(machine, input)
  // Who only sets another time has put no words into it.
  await changeSchedule(other, { ...input, scheduleId, version: 1, cron: '0 4 * * *' })
  const { delegationId } = await runSchedule(owner, scheduleId)
  const approvalId = await questionOf(one, delegationId)
  await refusesAll([one, machine, await byKey(one, 'me', answering), owner], approvalId)
  await answer(other, approvalId)
  await untilState(one, delegationId)

  await changeSchedule(other, { ...input, scheduleId, version: 2, task: 'Share it out anew' })
  // Within seconds of the run before it would be that run.
  const later = sql`update schedule_runs set created_at = created_at - interval '1 hour' where schedule_id = ${scheduleId}`
  await inTransaction(owner, (tx) => tx.rows(later))
  const again = await runSchedule(owner, scheduleId)
  const second = await questionOf(one, again.delegationId)
  await refusesAll([other, owner], second)
  await answer(one, second)
})

test('attack 14: nobody approves what an agent outside asks by the token they issued', async () => {
  const { lead, one, other } = await company()
  const { Desk: desk } = await makeWorkspaces(one, { Desk: {} })
  if (!desk) throw new Error('there is no desk')
  const { agentToken } = await issueToken(one, desk)
  const agent = { kind: 'agent' as const, workspaceId: desk, tokenId: agentToken.id, name: 'Desk' }
  const given = { workspaceId: lead, task: 'Share it out' }
  const { delegationId } = await delegate({ db: one.db, orgId: one.orgId, actor: agent }, given)
  const approvalId = await questionOf(one, delegationId)
  await refusesAll([one, await byKey(one, 'machine', answering)], approvalId)
  await answer(other, approvalId)
})

test('attack 14: nobody approves what they had a say in before it was asked; words after it bind nobody', async () => {
  const { owner, lead, one, other } = await company()
  const share = { delegate: [{ to: 'Writer', task: 'Write' }] }
  await giveScript(owner, [
    { workspace: 'Lead', when: { always: true }, turns: [share, share, { answer: 'Nobody let me' }] },
  ])
  const { delegationId } = await delegate(owner, { workspaceId: lead, task: 'Look around' })
  const first = await questionOf(one, delegationId)
  const machine = await byKey(one, 'machine', [...answering, 'delegations.steer'])
  await sendMessage(machine, delegationId, { text: 'Share it out again' })
  await refusesAll([owner], first)
  await answer(one, first)
  const second = await nextQuestionOf(one, delegationId)
  await refusesAll([owner, one, machine], second)
  await answer(other, second)
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
