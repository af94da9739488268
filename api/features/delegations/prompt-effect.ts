import { filledPrompt } from '#shared/delegations/filled-prompt.ts'
import { type ToolCall, WorkContext } from '#shared/delegations/journal.ts'
import type { ListCases, PromptCases, PromptTrial, TryPrompt } from '#shared/delegations/replay-contract.ts'
import { type CallResult, notDone, recall } from '#shared/delegations/simulate.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import { inSnapshot, type Reader } from '../../kernel/db.ts'
import { redactorOf } from '../../kernel/redact/redactor-of.ts'
import { isRehearsed } from '../../models/registry.ts'
import { readPlan } from '../models/index.ts'
import { modelConnections } from '../secrets/index.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { readOrgRules, readRehearsalParts } from './context-store.ts'
import { readRun } from './replay-store.ts'
import { meterTrial } from './simulate-meter.ts'
import { handedTo, readPeer } from './simulate-peer.ts'
import { readPrices } from './simulate-price.ts'
import { lastCompleted, rootOf } from './simulate-store.ts'
import { type Cast, simulateWork } from './simulate-work.ts'

/** The last completed work of a workspace, and what trying a prompt on each will cost. */
export async function promptCases(context: OrgContext, input: Omit<ListCases, 'orgId'>): Promise<PromptCases> {
  requireMay(context, 'delegations.replay')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const workspace = await requireWorkspace(reader, input.workspaceId)
    const { model } = workspace
    const [rules, rows, priceOf] = await Promise.all([
      readOrgRules(reader),
      lastCompleted(reader, workspace.id, input.last),
      readPrices(reader),
    ])
    const isRehearsal = isRehearsed(model, rules.isRehearsal)
    const cases = rows.map(({ inputTokens, outputTokens, finishedAt, ...row }) => ({
      ...row,
      finishedAt: finishedAt.toISOString(),
      tokens: inputTokens + outputTokens,
      estimate: isRehearsal ? 0 : priceOf(model, isRehearsal, { inputTokens, outputTokens }),
    }))
    return { model, isRehearsal, cases }
  })
}

type Trying = { input: Omit<TryPrompt, 'orgId'>; tools: readonly AnyTool[]; signal: AbortSignal }

/**
 * How one recorded delegation would end with another prompt: the model of today is asked anew, calls get what was recorded.
 * Nothing is written and nothing is done, except that a real model's calls are charged.
 */
export async function tryPrompt(context: OrgContext, { input, tools, signal }: Trying): Promise<PromptTrial> {
  requireMay(context, 'delegations.try')
  const { delegationId, workspaceId } = input
  const known = await inSnapshot(context.db, context.orgId, (reader) => readCase(reader, input))
  const { run, recorded, rootId } = known
  const unrecorded: PromptTrial['unrecorded'] = []
  const remember = recall(run.journal.steps)
  const around = meterTrial(context, { delegationId, workspaceId, rootId }, tools)
  const redactor = await redactorOf(context.db, context.orgId)
  const cast = { tools, signal, around, connections: modelConnections(context), redactor }
  const answerCall = async (call: ToolCall): Promise<CallResult> => {
    const known = remember(call)
    if (known) return known
    const handed = handedTo(call, recorded.peers)
    unrecorded.push({ name: handed?.peer.name ?? call.name, by: handed ? 'peer' : 'nobody' })
    if (!handed) return { text: notDone }
    const asked = { requesterName: recorded.workspace.name, tools: tools.map(({ name }) => name) }
    const peer = await inSnapshot(context.db, context.orgId, (reader) => readPeer(reader, handed.peer, asked))
    if (!peer) return { error: `${handed.peer.name} was removed from the organisation.` }
    return await playPeer({ ...cast, answerCall: async () => ({ text: notDone }) }, peer, handed.task)
  }
  const played = { ...recorded, prompt: { ...recorded.prompt, text: filledPrompt(input.prompt, recorded) } }
  const { answer, reason, bill } = await simulateWork(
    { delegationId, task: run.journal.task, context: played },
    { ...cast, answerCall },
  )
  return { answer, reason, hasChanged: answer?.trim() !== run.answer?.trim(), ...bill, unrecorded }

  /** A peer nobody recorded plays its part once; what it would hand on is not done. */
  async function playPeer(peerCast: Cast, peer: WorkContext, task: string): Promise<CallResult> {
    const end = await simulateWork({ delegationId, task, context: peer }, peerCast)
    if (end.answer !== null) return { text: end.answer }
    return { error: `${peer.workspace.name} failed: ${end.reason ?? 'no reason is known'}` }
  }
}

async function readCase(reader: Reader, { delegationId, workspaceId }: Omit<TryPrompt, 'orgId'>) {
  const [run, workspace, rules, rootId] = await Promise.all([
    readRun(reader, delegationId),
    requireWorkspace(reader, workspaceId),
    readOrgRules(reader),
    rootOf(reader, delegationId),
  ])
  if (run?.journal.workspaceId !== workspaceId || run.journal.state !== 'completed') {
    throw new AppError('not-found', 'This workspace completed no such delegation.')
  }
  const step = run.journal.steps.find(({ kind }) => kind === 'context')
  const context = WorkContext.parse(step?.output)
  const planned = await readPlan(reader, workspaceId, workspace.model)
  const isRehearsal = isRehearsed(planned.model, rules.isRehearsal)
  const rehearsal = isRehearsal ? await readRehearsalParts(reader, workspaceId, workspace.name) : []
  return { run, rootId, recorded: { ...context, ...planned, isRehearsal, rehearsal } }
}
