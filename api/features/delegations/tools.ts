import { z } from 'zod'
import type { Peer } from '#shared/delegations/journal.ts'
import { maxTaskChars } from '#shared/delegations/limits.ts'
import { sameName } from '#shared/delegations/rehearsal-script.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { DelegationId } from '#shared/kernel/ids.ts'
import {
  type AgentTool,
  agentTool,
  type StandaloneTool,
  type Standpoint,
  standaloneTool,
} from '../../kernel/agent-tool.ts'
import type { Tx } from '../../kernel/db.ts'
import { loadChart } from '../workspaces/index.ts'
import { delegateIn } from './delegate.ts'
import { findStanding } from './delegation-store.ts'
import { listPeers } from './work-context.ts'

const Handover = z.object({
  workspace: z.string().trim().min(1).max(80).describe('Name or id of a peer, as list_peers gives it.'),
  task: z
    .string()
    .trim()
    .min(1, 'Say what is to be done.')
    .max(maxTaskChars)
    .describe('What is to be done, complete in itself.'),
})

const handOverTool = {
  name: 'delegate_task_async',
  description: 'Gives a peer a task and goes on at once. Gives the delegation id for check_delegation_status.',
  input: Handover,
  hints: { readOnly: false, idempotent: false, coordinates: true },
} as const

/** What may be asked and given without a delegation at work. */
const eitherWay: readonly StandaloneTool[] = [
  standaloneTool({
    name: 'check_delegation_status',
    description: 'State and, when it ended, answer or reason of a delegation you gave.',
    input: z.object({ delegation_id: z.uuid().describe('As delegate_task_async gave it.') }),
    hints: { readOnly: true, idempotent: true },
    run: async (tx, site, input) => {
      const found = await findStanding(tx, DelegationId.parse(input.delegation_id))
      if (found?.fromWorkspaceId !== site.workspaceId) throw new AppError('not-found', 'You gave no such delegation.')
      const { id, state, waitingFor, workspaceName, reason, answer } = found
      return done({ delegation_id: id, to: workspaceName, state, waiting_for: waitingFor, reason, answer })
    },
  }),
  standaloneTool({
    name: 'list_peers',
    description: 'The workspaces you may delegate to, with their roles.',
    input: z.object({}),
    hints: { readOnly: true, idempotent: true },
    run: async (tx, site) => done(await listPeers(tx, site.workspaceId)),
  }),
]

export const standaloneDelegationTools: readonly StandaloneTool[] = [
  standaloneTool({
    ...handOverTool,
    run: async (tx, site, input) => done({ delegation_id: await handOver(tx, site, input, null), state: 'queued' }),
  }),
  ...eitherWay,
]

export const delegationTools: readonly AgentTool[] = [
  agentTool({
    name: 'delegate_task',
    description: 'Gives a peer a task and waits for the answer. Several calls in one answer run side by side.',
    input: Handover,
    hints: { readOnly: false, idempotent: false, coordinates: true, waits: true },
    run: async (tx, site, input) => ({ kind: 'waits', childId: await handOver(tx, site, input, site.step) }),
  }),
  agentTool({
    ...handOverTool,
    run: async (tx, site, input) =>
      done({ delegation_id: await handOver(tx, site, input, site.step), state: 'queued' }),
  }),
  ...eitherWay,
  agentTool({
    name: 'send_message_to_user',
    description: 'Shows a message to the people who follow this work, without ending it.',
    input: z.object({ message: z.string().trim().min(1, 'Say something.').max(20_000) }),
    hints: { readOnly: false, idempotent: false, coordinates: true },
    // The recorded step is the message; the event says that it is there.
    run: async (tx, { delegationId, workspaceId, step, context }) => {
      tx.tell({ type: 'message.sent', payload: { delegationId, workspaceId, step } }, context.chain)
      return { kind: 'done', text: 'The message was sent.' }
    },
  }),
]

async function handOver(
  tx: Tx,
  site: Standpoint,
  input: z.output<typeof Handover>,
  step: number | null,
): Promise<DelegationId> {
  const workspaceId = await findTarget(tx, site, input.workspace)
  const created = await delegateIn(tx, site.context, { workspaceId, task: input.task }, step)
  return created.delegationId
}

/** By id, or by a name that only one workspace in reach has. Policy is checked by the action itself. */
async function findTarget(tx: Tx, site: Standpoint, asked: string): Promise<Peer['id']> {
  const { workspaces } = await loadChart(tx)
  const byId = workspaces.find((workspace) => workspace.id === asked.toLowerCase())
  if (byId) return byId.id
  const peers = await listPeers(tx, site.workspaceId)
  const named = peers.filter((peer) => sameName(peer.name, asked))
  if (named.length > 1) {
    const ids = named.map((peer) => `${peer.name} (${peer.relation}): ${peer.id}`).join('; ')
    throw new AppError('bad-input', `Several peers are called ${asked}. Use the id. ${ids}`)
  }
  const other = named[0] ?? workspaces.find((workspace) => sameName(workspace.name, asked))
  if (other) return other.id
  const known = peers.map((peer) => peer.name).join(', ')
  throw new AppError(
    'not-found',
    `There is no workspace ${asked}. ${known ? `Your peers are: ${known}.` : 'You have no peers.'}`,
  )
}

function done(value: unknown) {
  return { kind: 'done' as const, text: JSON.stringify(value) }
}
