import type { Asked } from '#shared/approvals/match-rule.ts'
import type { Peer, ToolCall, WorkContext } from '#shared/delegations/journal.ts'
import type { DryParty, DryRun, DryRunInput } from '#shared/delegations/replay-contract.ts'
import { type CallResult, notDone } from '#shared/delegations/simulate.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import { inSnapshot, type Reader } from '../../kernel/db.ts'
import type { Redactor } from '../../kernel/redact/create-redactor.ts'
import { redactorOf } from '../../kernel/redact/redactor-of.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { worstCase } from '../../runtimes/native/call-model.ts'
import { readRulebook } from '../approvals/index.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { readRehearsalParts } from './context-store.ts'
import { answerFor, summaryOf } from './dry-run-calls.ts'
import { toolsOf } from './known-tools.ts'
import { requireDepth } from './policy.ts'
import { handedTo, readPeer } from './simulate-peer.ts'
import { type PriceTokens, readPrices } from './simulate-price.ts'
import { declaredKeys } from './simulate-store.ts'
import { type Cast, simulateWork } from './simulate-work.ts'

/** More workspaces at work than this are counted, not played. */
const maxParties = 40

type Playing = {
  reader: Reader
  tools: readonly AnyTool[]
  signal: AbortSignal
  redactor: Redactor
  priceOf: PriceTokens
  parties: DryParty[]
  leftOut: number
}

type Part = { parent: number | null; depth: number; task: string; context: WorkContext }

/**
 * Who would be called with a task, by whom, with which tools, and what it would cost at the models' prices: the organisation
 * is played by the rehearsal model, in memory. Nothing is written, nobody is asked and no effect happens.
 */
export async function dryRun(
  context: OrgContext,
  { workspaceId, task }: Omit<DryRunInput, 'orgId'>,
  { tools, signal }: { tools: readonly AnyTool[]; signal: AbortSignal },
): Promise<DryRun> {
  requireMay(context, 'delegations.try')
  const redactor = await redactorOf(context.db, context.orgId)
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const priceOf = await readPrices(reader)
    const playing: Playing = { reader, tools, signal, redactor, priceOf, parties: [], leftOut: 0 }
    const first = await readPeer(reader, { id: workspaceId }, asking(context.actor.name, tools))
    if (!first) throw new AppError('not-found', 'There is no such workspace.')
    await play(playing, { parent: null, depth: 0, task, context: first })
    const { parties, leftOut } = playing
    const cut = `Only the first ${maxParties} workspaces at work are shown; ${leftOut} more would be called.`
    return { parties, cut: leftOut > 0 ? cut : null }
  })
}

async function play(playing: Playing, part: Part): Promise<CallResult> {
  const { reader, tools, signal, priceOf, parties } = playing
  const { context, task, parent } = part
  const { id, name } = context.workspace
  const index = parties.length
  const calls: DryParty['calls'] = []
  const [secrets, { tier, role }] = await Promise.all([declaredKeys(reader, id), requireWorkspace(reader, id)])
  const rulebook = await readRulebook(reader, { workspaceId: id, tier, role })
  const approvals: string[] = []
  const ask = (asked: Pick<Asked, 'kind' | 'tool' | 'cost'>) => {
    const waits = rulebook.decide(asked)?.effect === 'ask'
    if (waits && !approvals.includes(asked.tool)) approvals.push(asked.tool)
  }
  const shown = { parent, workspaceId: id, name, model: context.model, isRehearsal: context.isRehearsal, task, secrets }
  const nothing = { steps: 0, inputTokens: 0, outputTokens: 0, cost: 0, answer: null, reason: null }
  parties.push({ ...shown, ...nothing, calls, approvals })

  let isPriced = true
  const around: Cast['around'] = async ({ journal, step }, call) => {
    const worst = priceOf(step.name, context.isRehearsal, worstCase(journal, toolsOf(tools, journal), step))
    ask({ kind: 'model', tool: step.name, cost: worst })
    const reply = await call()
    const cost = priceOf(step.name, context.isRehearsal, reply.usage)
    isPriced &&= cost !== null
    return { ...reply, cost: cost ?? 0 }
  }
  const later = new Map<string, CallResult>()
  const answerCall = async (call: ToolCall): Promise<CallResult> => {
    const refusedBy = rulebook.refusal(call.name)
    const handed = refusedBy ? undefined : handedTo(call, context.peers)
    if (!refusedBy) ask({ kind: 'tool', tool: call.name, cost: null })
    calls.push({ name: call.name, summary: summaryOf(call), isDone: handed !== undefined })
    if (refusedBy) return { error: `${name} may not call ${call.name}: ${refusedBy} refuses it.` }
    if (!handed) return answerFor(call, { peers: context.peers, later })
    const result = await handOver(playing, part, { ...handed, index })
    if (call.name === 'delegate_task') return result
    const delegation_id = uuidv7()
    later.set(delegation_id, result)
    return { text: JSON.stringify({ delegation_id, state: 'queued' }) }
  }
  const rehearsal = await readRehearsalParts(reader, id, name)
  const run = await simulateWork(
    { delegationId: DelegationId.parse(uuidv7()), task, context: { ...context, isRehearsal: true, rehearsal } },
    { tools, signal, answerCall, around, connections: askNobody, redactor: playing.redactor },
  )
  const { answer, reason, bill } = run
  const { inputTokens, outputTokens } = bill
  const steps = run.journal.steps.length
  const used = { steps, inputTokens, outputTokens, cost: isPriced ? bill.cost : null }
  parties[index] = { ...shown, ...used, calls, approvals, answer, reason }
  return answer === null ? { error: `${name} failed: ${reason ?? 'no reason is known'}` } : { text: answer }
}

const askNobody = () => Promise.reject(new Error('a rehearsal asks no provider'))

type Handover = { peer: Peer; task: string; index: number }

async function handOver(playing: Playing, from: Part, { peer, task, index }: Handover): Promise<CallResult> {
  const depth = from.depth + 1
  try {
    requireDepth(depth)
  } catch (error) {
    if (error instanceof AppError) return { error: error.message }
    throw error
  }
  if (playing.parties.length >= maxParties) {
    playing.leftOut += 1
    return { text: notDone }
  }
  const context = await readPeer(playing.reader, peer, asking(from.context.workspace.name, playing.tools))
  if (!context) return { error: `${peer.name} was removed from the organisation.` }
  return await play(playing, { parent: index, depth, task, context })
}

function asking(requesterName: string, tools: readonly AnyTool[]) {
  return { requesterName, tools: tools.map(({ name }) => name) }
}
