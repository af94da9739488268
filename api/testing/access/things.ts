import { randomUUID } from 'node:crypto'
import { ApprovalRuleId } from '#shared/approvals/contract.ts'
import {
  type AgentTokenId,
  ApprovalId,
  type AttachmentId,
  type BudgetId,
  ConversationId,
  type DelegationId,
  type InvitationId,
  type KeyId,
  type McpServerId,
  type MemoryId,
  type OrgId,
  type RunId,
  type ScheduleId,
  type SecretId,
  type SnapshotId,
  type UserId,
  type WorkspaceId,
} from '#shared/kernel/ids.ts'
import type { TidyingId } from '#shared/memory/contract.ts'
import type { RouteId } from '#shared/notify/contract.ts'
import { delegate } from '../../features/delegations/index.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { createCaller } from '../../kernel/trpc.ts'
import { appRouter } from '../../router.ts'
import { makeMember, makeWorkspaces } from '../factories.ts'

/** One of everything an org has, by its id. */
export type Things = {
  orgId: OrgId
  workspaceId: WorkspaceId
  childId: WorkspaceId
  /** One with a token, and one that was deleted. */
  agentId: WorkspaceId
  goneId: WorkspaceId
  userId: UserId
  delegationId: DelegationId
  approvalId: ApprovalId
  ruleId: ApprovalRuleId
  budgetId: BudgetId
  scheduleId: ScheduleId
  goneScheduleId: ScheduleId
  memoryId: MemoryId
  tidyingId: TidyingId
  goneMemoryId: MemoryId
  runId: RunId
  routeId: RouteId
  /** One whose command nobody approved. */
  mcpServerId: McpServerId
  snapshotId: SnapshotId
  secretId: SecretId
  goneSecretId: SecretId
  keyId: KeyId
  tokenId: AgentTokenId
  /** The token itself. */
  token: string
  invitationId: InvitationId
  /** One that was sent. */
  attachmentId: AttachmentId
}

/** Made through the same calls that are tried later. */
export async function makeThings(owner: OrgContext): Promise<Things> {
  if (owner.actor.kind !== 'person') throw new Error('people make things')
  const call = createCaller(appRouter)({ db: owner.db, user: { id: owner.actor.userId, name: owner.actor.name } })
  const { orgId } = owner
  const ids = await makeWorkspaces(owner, { Lead: { Writer: {}, Agent: {}, Gone: {} } })
  const { Lead: workspaceId, Writer: childId, Agent: agentId, Gone: goneId } = ids
  if (!workspaceId || !childId || !agentId || !goneId) throw new Error('the team was not made')
  await call.workspaces.delete({ orgId, workspaceId: goneId })
  const member = await makeMember(owner, 'viewer', 'Vera Viewer')
  if (member.actor.kind !== 'person') throw new Error('members are people')
  const giver = await makeMember(owner, 'member', 'Gina Giver')
  const { delegationId } = await delegate(giver, { workspaceId, task: 'Sum it up' })
  await call.files.save({ orgId, workspaceId, path: 'notes.md', text: 'Tides.\n', baseVersion: 0 })
  await call.files.save({ orgId, workspaceId, path: 'notes.md', text: 'Moons.\n', baseVersion: 1 })
  await call.budgets.set({ orgId, scope: 'org', period: 'day', limits: { ...noLimits, money: 9_000_000 } })
  const [budget] = await call.budgets.list({ orgId })
  const rule = await call.approvals.setRule({ orgId, ...askForAll })
  const plan = { cron: '0 9 * * 1', timeZone: 'UTC', task: 'Say hello' }
  const schedule = await call.schedules.create({ orgId, workspaceId, name: 'Weekly', ...plan })
  const goneSchedule = await call.schedules.create({ orgId, workspaceId, name: 'Gone', ...plan })
  await call.schedules.delete({ orgId, scheduleId: goneSchedule.scheduleId })
  const { memoryId } = await call.memory.remember({ orgId, workspaceId, text: 'The tide is out at noon.' })
  const { memoryId: goneMemoryId } = await call.memory.remember({ orgId, workspaceId, text: 'The tide is in at six.' })
  for (const where of [childId, agentId]) {
    for (const text of ['Rain is wet.', 'Rain is wet!']) await call.memory.remember({ orgId, workspaceId: where, text })
  }
  const tidied = await call.memory.tidy({ orgId, workspaceId: childId })
  if (!tidied) throw new Error('nothing was tidied')
  await call.memory.forget({ orgId, memoryId: goneMemoryId })
  await call.models.setAlias({ orgId, name: 'cheap', model: 'anthropic:claude-haiku-4-5' })
  const route = { category: 'docs', to: { kind: 'people', lowest: 'owner' } } as const
  const { id: routeId } = await call.notify.addRoute({ orgId, ...route })
  const { runId } = await call.runs.record({ orgId, language: 'python', code: 'print(1)', record: null })
  await call.runs.share({ orgId, runId })
  const { serverId: mcpServerId } = await call.mcp.add({
    ...{ orgId, name: 'files', reach: { kind: 'everyone' } },
    transport: { kind: 'stdio', command: 'node', args: ['server.js'], env: {}, folder: null, files: {} },
  })
  const snapshot = await call.snapshots.take({ orgId })
  const { secretId } = await call.secrets.set({ orgId, name: 'GITHUB_TOKEN', value: 'a-value-of-no-service' })
  const gone = await call.secrets.set({ orgId, name: 'OLD_TOKEN', value: 'another-value-of-none' })
  await call.secrets.remove({ orgId, secretId: gone.secretId })
  const { key } = await call.keys.create({ orgId, name: 'CI', holder: 'machine', role: 'member' })
  const { agentToken, token } = await call.keys.issueToken({ orgId, workspaceId: agentId })
  const { invitation } = await call.people.invite({ orgId, email: `${randomUUID()}@example.com`, role: 'member' })
  const attached = await call.chat.attach({
    orgId,
    workspaceId,
    name: 'a.txt',
    mediaType: 'text/plain',
    content: 'QQ==',
  })
  const words = { conversationId: ConversationId.parse(randomUUID()), text: 'Read it.', key: randomUUID() }
  await call.chat.say({ orgId, workspaceId, ...words, attachmentIds: [attached.id] })
  const approvalId = await insertApproval(owner, { delegationId, workspaceId })
  if (!budget) throw new Error('the budget was not made')
  return {
    ...{ orgId, workspaceId, childId, agentId, goneId, userId: member.actor.userId, delegationId, approvalId },
    ...{ ruleId: ApprovalRuleId.parse(rule.id), budgetId: budget.id, scheduleId: schedule.scheduleId },
    ...{
      goneScheduleId: goneSchedule.scheduleId,
      memoryId,
      goneMemoryId,
      tidyingId: tidied.id,
      snapshotId: snapshot.id,
      secretId,
    },
    ...{ goneSecretId: gone.secretId, keyId: key.id, tokenId: agentToken.id, token, invitationId: invitation.id },
    attachmentId: attached.id,
    runId,
    routeId,
    mcpServerId,
  }
}

export const noLimits = { money: null, tokens: null, steps: null, seconds: null, toolCalls: null }
export const askForAll = {
  ...{ tool: 'run_code', workspaceId: null, maxTier: null, minCost: null, expiresSeconds: 600 },
  escalate: 'people' as const,
}

/** The same things of nobody. */
export function unknownThings(things: Things): Things {
  const entries = Object.entries(things).map(([name, id]) => [name, name === 'orgId' ? id : randomUUID()])
  return { ...things, ...Object.fromEntries(entries) }
}

async function insertApproval(
  owner: OrgContext,
  of: { delegationId: DelegationId; workspaceId: WorkspaceId },
): Promise<ApprovalId> {
  const id = ApprovalId.parse(randomUUID())
  await inTransaction(owner, (tx) =>
    tx.rows(sql`
      insert into approvals (org_id, id, delegation_id, step, workspace_id, kind, tool, args, state, expires_at)
      values (${tx.orgId}, ${id}, ${of.delegationId}, 0, ${of.workspaceId}, 'tool', 'run_code', '{}', 'pending',
              now() + interval '1 hour')`),
  )
  return id
}
