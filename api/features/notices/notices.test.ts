import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ApprovalId, BudgetId, DelegationId, InvitationId, UserId, type WorkspaceId } from '#shared/kernel/ids.ts'
import { noticeKindOf } from '#shared/notices/kind-of.ts'
import { OrgEvent, type OrgFact } from '#shared/org-event.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction, type Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { delegate } from '../delegations/index.ts'
import { markAllNotices, markNotices, muteNotices } from './mark-notices.ts'
import { getNoticeState, listNotices } from './read-notices.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

async function makeTeam() {
  const context = await makeOrg(testDb.db)
  const ids = await makeWorkspaces(context, { Lead: {} })
  if (!ids.Lead) throw new Error('the team was not made')
  return { context, orgId: context.orgId, lead: ids.Lead }
}

const personOf = ({ actor }: OrgContext): UserId => {
  if (actor.kind !== 'person') throw new Error('not a person')
  return actor.userId
}

const tell = (context: OrgContext, ...facts: OrgFact[]) =>
  inTransaction(context, async (tx) => {
    for (const fact of facts) tx.tell(fact)
  })

const completed = (workspaceId: WorkspaceId, fromWorkspaceId: WorkspaceId | null = null): OrgFact => ({
  type: 'delegation.completed',
  payload: { delegationId: DelegationId.parse(randomUUID()), workspaceId, fromWorkspaceId, cost: 0 },
})

/** Each event that may be one, in each form that decides, and some that never are. */
function allForms(context: OrgContext, lead: WorkspaceId): OrgFact[] {
  const of = { delegationId: DelegationId.parse(randomUUID()), workspaceId: lead }
  const [root, part] = [
    { ...of, fromWorkspaceId: null },
    { ...of, fromWorkspaceId: lead },
  ]
  const approvalId = ApprovalId.parse(randomUUID())
  const invitationId = InvitationId.parse(randomUUID())
  const waits = (['child', 'approval', 'input', 'budget', 'retry'] as const).map(
    (waitingFor): OrgFact => ({ type: 'delegation.waiting', payload: { ...root, waitingFor } }),
  )
  return [
    ...[root, part].flatMap((one): OrgFact[] => [
      { type: 'delegation.completed', payload: { ...one, cost: 0 } },
      { type: 'delegation.failed', payload: { ...one, cost: 0 } },
      { type: 'delegation.lost', payload: one },
      { type: 'delegation.started', payload: one },
      { type: 'chain.paused', payload: { ...one, rule: 'same-call' } },
    ]),
    ...waits,
    ...([50, 80, 95] as const).map((percent) => ({
      type: 'budget.warned' as const,
      payload: { budgetId: BudgetId.parse(randomUUID()), workspaceId: null, percent },
    })),
    ...(['approved', 'denied', 'expired', 'withdrawn'] as const).map((decision) => ({
      type: 'approval.decided' as const,
      payload: { ...of, approvalId, decision },
    })),
    { type: 'message.sent', payload: { ...of, step: 1 } },
    {
      type: 'people.notified',
      payload: { ...of, noteId: randomUUID(), category: 'general', lowest: 'owner' },
    },
    ...[personOf(context), UserId.parse('somebody-else')].map((userId) => ({
      type: 'member.joined' as const,
      payload: { userId, role: 'member' as const, invitationId },
    })),
  ]
}

test('the reader of the log and the rule of the screen agree on every form of every event', async () => {
  const { context, orgId, lead } = await makeTeam()
  await tell(context, ...allForms(context, lead))
  const { notices } = await listNotices(context, { orgId, limit: 100 })
  const read = Object.fromEntries(notices.map(({ seq, kind }) => [seq, kind]))
  const events = await inSnapshot(testDb.db, orgId, readEvents)
  const expected = events.flatMap((event) => {
    const kind = noticeKindOf(event, personOf(context))
    return kind === undefined ? [] : [[event.seq, kind]]
  })
  expect(read).toEqual(Object.fromEntries(expected))
  expect(new Set(Object.values(read)).size).toBe(10)
})

test('a notice names the workspace and the task, and how the work stands now', async () => {
  const { context, orgId, lead } = await makeTeam()
  const { delegationId } = await delegate(context, { workspaceId: lead, task: 'Compare three vendors' })
  await tell(context, {
    type: 'delegation.lost',
    payload: { delegationId, workspaceId: lead, fromWorkspaceId: null },
  })
  const { notices } = await listNotices(context, { orgId, limit: 10 })
  expect(notices).toMatchObject([
    {
      kind: 'lost',
      isRead: false,
      workspace: { id: lead, name: 'Lead', isDeleted: false },
      delegation: { id: delegationId, task: 'Compare three vendors', state: 'queued' },
    },
  ])
})

test('what is read stays read, each by themselves, and what comes after is unread', async () => {
  const { context, orgId, lead } = await makeTeam()
  const other = await makeMember(context, 'viewer')
  await tell(context, completed(lead), completed(lead), completed(lead))
  const [newest, middle] = (await listNotices(context, { orgId, limit: 10 })).notices
  if (!newest || !middle) throw new Error('there are no notices')
  expect(await getNoticeState(context)).toEqual({ unread: 3, muted: [] })

  await markNotices(context, { orgId, seqs: [middle.seq] })
  await markNotices(context, { orgId, seqs: [middle.seq] })
  expect((await getNoticeState(context)).unread).toBe(2)
  expect((await getNoticeState(other)).unread).toBe(3)
  const after = await listNotices(context, { orgId, limit: 10 })
  expect(after.notices.map((notice) => notice.isRead)).toEqual([false, true, false])

  await markAllNotices(context, { orgId, upTo: newest.seq })
  expect((await getNoticeState(context)).unread).toBe(0)
  await tell(context, completed(lead))
  expect((await getNoticeState(context)).unread).toBe(1)
  await markAllNotices(context, { orgId, upTo: Number.MAX_SAFE_INTEGER })
  await tell(context, completed(lead))
  expect((await getNoticeState(context)).unread).toBe(1)
})

test('a muted kind is neither listed nor counted until it is wanted again', async () => {
  const { context, orgId, lead } = await makeTeam()
  await tell(context, completed(lead), {
    type: 'delegation.waiting',
    payload: {
      ...{ delegationId: DelegationId.parse(randomUUID()), workspaceId: lead, fromWorkspaceId: null },
      waitingFor: 'budget',
    },
  })
  await muteNotices(context, { orgId, kinds: ['completed', 'connection'] })
  expect(await getNoticeState(context)).toEqual({ unread: 1, muted: ['completed', 'connection'] })
  expect((await listNotices(context, { orgId, limit: 10 })).notices.map(({ kind }) => kind)).toEqual(['budget'])
  await muteNotices(context, { orgId, kinds: [] })
  expect((await listNotices(context, { orgId, limit: 10 })).notices).toHaveLength(2)
})

test('comes page by page', async () => {
  const { context, orgId, lead } = await makeTeam()
  await tell(context, completed(lead), completed(lead), completed(lead))
  const first = await listNotices(context, { orgId, limit: 2 })
  const second = await listNotices(context, { orgId, limit: 2, before: first.next ?? 0 })
  expect(second).toMatchObject({ next: null })
  const seqs = [...first.notices, ...second.notices].map(({ seq }) => seq)
  expect(seqs).toEqual(seqs.toSorted((a, b) => b - a))
  expect(seqs).toHaveLength(3)
})

test('who comes later is not told what happened before', async () => {
  const { context, orgId, lead } = await makeTeam()
  await tell(context, completed(lead))
  const newcomer = await makeMember(context, 'member')
  expect(await getNoticeState(newcomer)).toEqual({ unread: 0, muted: [] })
  await tell(context, completed(lead))
  expect((await listNotices(newcomer, { orgId, limit: 10 })).notices).toHaveLength(1)
})

test('an org tells nobody of another, and an agent nothing', async () => {
  const { context, lead } = await makeTeam()
  const other = await makeTeam()
  await tell(context, completed(lead))
  expect((await listNotices(other.context, { orgId: other.orgId, limit: 10 })).notices).toEqual([])
  const agent: OrgContext = {
    ...context,
    actor: { kind: 'workspace', workspaceId: lead, delegationId: DelegationId.parse(randomUUID()), name: 'Lead' },
  }
  await expect(getNoticeState(agent)).rejects.toMatchObject({ code: 'forbidden' })
})

async function readEvents(reader: Reader): Promise<OrgEvent[]> {
  const rows = await reader.rows<Omit<OrgEvent, 'at' | 'orgId'> & { at: Date }>(sql`
    select id, seq::float8 as seq, type, version, at, actor,
           jsonb_build_object('id', chain_id, 'depth', chain_depth) as chain, payload
      from events where org_id = ${reader.orgId} order by seq`)
  return rows.map(({ at, ...row }) => OrgEvent.parse({ ...row, orgId: reader.orgId, at: at.toISOString() }))
}
