import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SetApprovalRule } from '#shared/approvals/contract.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { decideApproval } from './features/approvals/decide-approval.ts'
import { listApprovals } from './features/approvals/list-approvals.ts'
import { removeRule, setRule } from './features/approvals/rules.ts'
import { cancelDelegation } from './features/delegations/cancel-delegation.ts'
import { delegate } from './features/delegations/delegate.ts'
import { getDelegation } from './features/delegations/get-delegation.ts'
import type { OrgContext } from './kernel/actor.ts'
import { readRows } from './kernel/db.ts'
import { sql } from './kernel/sql.ts'
import { giveScript, readLog, untilState } from './testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { startWorker, type Worker } from './worker.ts'

let database: TestDb
let worker: Worker
const errors: unknown[] = []
beforeAll(async () => {
  database = await openTestDb()
  worker = startWorker({ db: database.db, onError: (error) => errors.push(error) })
})
afterAll(async () => {
  await worker.stop()
  await database.close()
  expect(errors).toEqual([])
})

async function team() {
  const org = await makeOrg(database.db)
  const { Lead: lead, Writer: writer } = await makeWorkspaces(org, { Lead: { Writer: {} } })
  if (!lead || !writer) throw new Error('the team is not complete')
  return { org, lead, writer }
}

async function rule(org: OrgContext, given: Partial<SetApprovalRule>) {
  return await setRule(org, { tool: '*', workspaceId: null, maxTier: null, minCost: null, ...given })
}

async function asked(org: OrgContext, id: DelegationId) {
  await untilState(org, id, ['waiting'])
  const { approvals } = await listApprovals(org, { which: 'pending', limit: 50 })
  const [approval] = approvals.filter((one) => one.delegationId === id)
  if (!approval) throw new Error('it asked nothing')
  return approval
}

test('a call that needs a yes waits for it and runs when it comes; the answer is a recorded step', async () => {
  const { org, lead } = await team()
  await rule(org, { tool: 'delegate_*' })
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Share it out' })
  const question = await asked(org, delegationId)
  expect(question).toMatchObject({ tool: 'delegate_task', workspaceName: 'Lead', task: 'Share it out', step: 2 })
  expect(question.args).toContain('Writer')
  expect((await getDelegation(org, delegationId)).delegation).toMatchObject({ waitingFor: 'approval' })

  const { approvalId, decision, reason } = { approvalId: question.id, decision: 'approved' as const, reason: 'Go on' }
  await decideApproval(org, { approvalId, decision, reason })
  expect((await untilState(org, delegationId)).state).toBe('completed')
  const { steps } = await getDelegation(org, delegationId)
  expect(steps.map((step) => step.name)).toEqual(['context', 'rehearsal', 'delegate_task', 'approval', 'rehearsal'])
  expect(steps[3]).toMatchObject({ kind: 'note', output: { decision: 'approved', by: 'Olga Owner', reason: 'Go on' } })
  await expect(decideApproval(org, { approvalId, decision: 'denied', reason: '' })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('a no is told to the model as what it is, and the call never runs', async () => {
  const { org, lead } = await team()
  await rule(org, { tool: 'delegate_task' })
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Share it out' })
  const { id: approvalId } = await asked(org, delegationId)
  const began = Date.now()
  await decideApproval(org, { approvalId, decision: 'denied', reason: 'Too dear.' })
  expect((await untilState(org, delegationId)).answer).toContain('was denied by Olga Owner')
  expect(Date.now() - began).toBeLessThan(2_000)
  const { steps, children } = await getDelegation(org, delegationId)
  expect(steps[2]).toMatchObject({ state: 'failed', error: 'delegate_task was denied by Olga Owner. Too dear.' })
  expect(children).toEqual([])
})

test('arguments too long to show are told as cut, with the length and the hash of the whole', async () => {
  const { org, lead } = await team()
  await rule(org, { tool: 'delegate_*' })
  const delegations = [{ to: 'Writer', task: `Write ${'x'.repeat(3_990)}` }]
  await giveScript(org, [
    { workspace: 'Lead', when: { always: true }, turns: [{ delegate: delegations }, { answer: 'Ok' }] },
  ])
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Share it out' })
  const { args, whole, step } = await asked(org, delegationId)
  const [recorded] = await readRows<{ args: string }>(
    database.db,
    org.orgId,
    sql`select input ->> 'args' as args from steps where delegation_id = ${delegationId} and step = ${step}`,
  )
  expect(args).toBe(recorded?.args.slice(0, 4_000))
  const sha256 = createHash('sha256')
    .update(recorded?.args ?? '')
    .digest('hex')
  expect(whole).toEqual({ chars: recorded?.args.length, sha256 })
})

test('nobody answers: it expires by the clock, as auto-expired, and the work goes on without it', async () => {
  const { org, lead } = await team()
  await rule(org, { tool: 'delegate_task', expiresSeconds: 1 })
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Share it out' })
  expect((await untilState(org, delegationId)).state).toBe('completed')
  const { approvals } = await listApprovals(org, { which: 'decided', limit: 10 })
  expect(approvals).toMatchObject([{ state: 'expired', decidedBy: 'auto-expired' }])
  expect((await getDelegation(org, delegationId)).steps[2]?.error).toContain('was not approved in time')
})

test('a model call that may cost too much waits; a rule about another workspace or a lower tier does not hold', async () => {
  const { org, lead, writer } = await team()
  await rule(org, { workspaceId: writer })
  await rule(org, { maxTier: 1 })
  const free = await delegate(org, { workspaceId: lead, task: 'Free [rehearse reports: slow 1]' })
  expect((await untilState(org, free.delegationId)).state).toBe('completed')
  await rule(org, { minCost: 0 })
  const dear = await delegate(org, { workspaceId: writer, task: 'Dear' })
  const { id: approvalId, kind, tool } = await asked(org, dear.delegationId)
  expect({ kind, tool }).toEqual({ kind: 'model', tool: 'rehearsal' })
  await decideApproval(org, { approvalId, decision: 'denied', reason: '' })
  expect(await untilState(org, dear.delegationId)).toMatchObject({
    state: 'failed',
    reason: 'rehearsal was denied by Olga Owner.',
  })
})

test('cancelled work withdraws what it asked', async () => {
  const { org, lead } = await team()
  await rule(org, { tool: 'delegate_task' })
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Share it out' })
  await asked(org, delegationId)
  await cancelDelegation(org, delegationId)
  await untilState(org, delegationId)
  expect(await listApprovals(org, { which: 'decided', limit: 10 })).toMatchObject({
    pending: 0,
    approvals: [{ state: 'withdrawn' }],
  })
})

test('parents first: the workspace above is asked, may pass it on, and nobody answers what it asked itself', async () => {
  const { org, lead, writer } = await team()
  await rule(org, { tool: 'send_message_to_user', workspaceId: writer, escalate: 'parents-first' })
  await giveScript(org, [
    {
      workspace: 'Writer',
      when: { always: true },
      turns: [{ message_user: 'May I?' }, { answer: 'I did: {results}' }],
    },
    {
      workspace: 'Lead',
      when: { includes: ['own'] },
      turns: [
        { call: [{ tool: 'decide_approval', args: { approval_id: '{task}', decision: 'approved' } }] },
        { answer: '{results}' },
      ],
    },
    {
      workspace: 'Lead',
      when: { always: true },
      turns: [{ call: [{ tool: 'list_approvals', args: {} }] }, { answer: '{results}' }],
    },
  ])
  const below = await delegate(org, { workspaceId: writer, task: 'Write' })
  const question = await asked(org, below.delegationId)
  expect(question).toMatchObject({ assignedTo: lead, assignedToName: 'Lead' })
  const looks = await delegate(org, { workspaceId: lead, task: 'Look' })
  expect((await untilState(org, looks.delegationId)).answer).toContain(question.id)
  await decideApproval(org, { approvalId: question.id, decision: 'approved', reason: '' })
  expect((await untilState(org, below.delegationId)).state).toBe('completed')
  expect((await readLog(org)).map((event) => event.type).filter((type) => type.startsWith('approval.'))).toEqual([
    'approval.rules-changed',
    'approval.requested',
    'approval.escalated',
    'approval.decided',
  ])
})

test('whoever gave the work does not answer for it, as long as somebody else could', async () => {
  const { org, lead } = await team()
  await rule(org, { tool: 'delegate_task' })
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Share it out' })
  const { id: approvalId } = await asked(org, delegationId)
  const other = await makeMember(org, 'member', 'Max Other')
  const answer = { approvalId, decision: 'approved', reason: '' } as const
  await expect(decideApproval(org, answer)).rejects.toMatchObject({ code: 'forbidden' })
  await decideApproval(other, answer)
  expect((await untilState(org, delegationId)).state).toBe('completed')
})

test('viewers and other orgs decide nothing; only admins make rules', async () => {
  const { org, lead } = await team()
  const { id } = await rule(org, { tool: 'delegate_task' })
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Share it out' })
  const { id: approvalId } = await asked(org, delegationId)
  const answer = { approvalId, decision: 'approved', reason: '' } as const
  await expect(decideApproval(await makeMember(org, 'viewer'), answer)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(decideApproval(await makeOrg(database.db), answer)).rejects.toMatchObject({ code: 'not-found' })
  await expect(removeRule(await makeMember(org, 'manager'), id)).rejects.toMatchObject({ code: 'forbidden' })
  await removeRule(org, id)
  await cancelDelegation(org, delegationId)
})

test('five hundred waiting approvals hold nothing, and an answer is acted upon at once', {
  timeout: 120_000,
}, async () => {
  const crowded = await askingOrg()
  for (let count = 0; count < 500; count++) await crowded.ask(`Ask ${count}`)
  for (const { delegationId } of crowded.given) await untilState(crowded.org, delegationId, ['waiting'])
  const [held] = await readRows<{ held: number }>(
    database.db,
    crowded.org.orgId,
    sql`select count(*)::int as held from ready where org_id = ${crowded.org.orgId} and (lease_until is not null or wake_at is not null)`,
  )
  expect(held?.held).toBe(0)

  // One after the other, so that whatever else the machine does is beside both.
  const quiet = await askingOrg()
  const [alone, took]: [number[], number[]] = [[], []]
  for (let count = 0; count < 60; count++) {
    const { delegationId } = await quiet.ask(`Ask alone ${count}`)
    await untilState(quiet.org, delegationId, ['waiting'])
    alone.push(await quiet.answerFirst())
    took.push(await crowded.answerFirst())
  }
  for (const all of [alone, took]) all.sort((one, other) => one - other)
  // At once, or on a slow machine about as soon as where nothing else waits.
  expect(took[30]).toBeLessThan(Math.max(150, 3 * (alone[30] ?? 0)))
  expect(took[58]).toBeLessThan(Math.max(1_000, 20 * (alone[30] ?? 0)))
})

/** An org whose lead asks before it answers. */
async function askingOrg() {
  const org = await makeOrg(database.db)
  const { Lead: lead } = await makeWorkspaces(org, { Lead: { Writer: {} } }, { Lead: { max_concurrent_tasks: 50 } })
  if (!lead) throw new Error('there is no lead')
  await rule(org, { tool: 'send_message_to_user' })
  await giveScript(org, [
    { workspace: 'Lead', when: { always: true }, turns: [{ message_user: 'May I?' }, { answer: 'Thanks' }] },
  ])
  const given: Awaited<ReturnType<typeof delegate>>[] = []
  return {
    ...{ org, given },
    async ask(task: string) {
      const one = await delegate(org, { workspaceId: lead, task })
      given.push(one)
      return one
    },
    /** How many milliseconds until the one who asked first has gone on to its end. */
    async answerFirst() {
      const { id: approvalId, delegationId } = await askedFirst(org)
      const began = performance.now()
      await decideApproval(org, { approvalId, decision: 'approved', reason: '' })
      await untilState(org, delegationId)
      return performance.now() - began
    },
  }
}

async function askedFirst(org: OrgContext) {
  const { approvals } = await listApprovals(org, { which: 'pending', limit: 1 })
  const [first] = approvals
  if (!first) throw new Error('nothing waits')
  return first
}

test('a rule refuses a tool where it is called, in words that name it; a nearer one lets it through', async () => {
  const { org, lead } = await team()
  await rule(org, { tool: 'delegate_task', effect: 'refuse', maxTier: 2 })
  const refused = await delegate(org, { workspaceId: lead, task: 'Share it out' })
  await untilState(org, refused.delegationId)
  const { steps, children } = await getDelegation(org, refused.delegationId)
  expect(steps[2]).toMatchObject({
    ...{ name: 'delegate_task', state: 'failed' },
    error: expect.stringContaining('the rule delegate_task for tier 2 and lower refuses it'),
  })
  expect(children).toEqual([])
  expect((await listApprovals(org, { which: 'pending', limit: 50 })).pending).toBe(0)

  await rule(org, { tool: 'delegate_task', effect: 'allow', workspaceId: lead })
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Share it out again' })
  expect((await untilState(org, delegationId)).state).toBe('completed')
  expect((await getDelegation(org, delegationId)).children).toHaveLength(1)
})

test('a rule of a team holds below it, and a refusal that was replaced by a question asks', async () => {
  const { org, lead, writer } = await team()
  const turns = [{ call: [{ tool: 'remember', args: { text: 'It rained.' } }] }, { answer: 'Kept.' }]
  await giveScript(org, [{ workspace: 'Writer', when: { always: true }, turns }])
  await rule(org, { tool: 'remember', effect: 'refuse', workspaceId: lead, withTeam: true })
  const first = await delegate(org, { workspaceId: writer, task: 'Keep it' })
  await untilState(org, first.delegationId)
  expect((await getDelegation(org, first.delegationId)).steps[2]?.error).toContain('for the team of Lead refuses it')
  await rule(org, { tool: 'rem*', effect: 'ask', role: '*', workspaceId: writer })
  const second = await delegate(org, { workspaceId: writer, task: 'Keep it' })
  expect(await asked(org, second.delegationId)).toMatchObject({ tool: 'remember' })
})
