import { randomUUID } from 'node:crypto'
import { AppError } from '#shared/kernel/app-error.ts'
import { DelegationId, type WorkspaceId } from '#shared/kernel/ids.ts'
import type { ModelTest, TestModel } from '#shared/models/contract.ts'
import { resolveModel } from '#shared/models/resolve-model.ts'
import { actorName, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { redactorOf } from '../../kernel/redact/redactor-of.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { callModel, ModelFailure, worstCase } from '../../runtimes/native/call-model.ts'
import { reserve, settle } from '../budgets/index.ts'
import { selectAliases } from '../models/index.ts'
import { modelConnections } from '../secrets/index.ts'
import { loadChart } from '../workspaces/index.ts'
import { requesterOf } from './delegate.ts'
import { insertDelegation } from './delegation-store.ts'
import { endTest } from './test-model-store.ts'

const task = 'Say the one word: ready'
const outputTokens = 64
const patienceMs = 30_000

/**
 * One tiny real call, reserved before and settled after like all others. It is kept as work that was done, on the account of
 * the first workspace, so that what it cost can be found where all costs are.
 */
export async function testModel(context: OrgContext, given: Omit<TestModel, 'orgId'>): Promise<ModelTest> {
  requireMay(context, 'models.test')
  const delegationId = DelegationId.parse(uuidv7())
  const charge = { delegationId, step: 0, attempt: 1 }
  const { journal, workspaceId } = await inTransaction(context, async (tx) => {
    const begun = await begin(tx, context, { delegationId, model: resolveModel(given.model, await selectAliases(tx)) })
    const { model, isRehearsal, ...worst } = worstCase(begun.journal, [])
    const reserved = await reserve(tx, {
      ...{ ...charge, rootId: delegationId, workspaceId: begun.workspaceId },
      ...{ model, isRehearsal, worst },
    })
    if (reserved.kind !== 'reserved') throw new AppError('conflict', reserved.reason)
    return begun
  })
  const began = Date.now()
  const tookMs = () => Date.now() - began
  const connections = modelConnections({ ...context, actor: { kind: 'system', name: 'models' } })
  const redactor = await redactorOf(context.db, context.orgId)
  try {
    const signal = AbortSignal.timeout(patienceMs)
    const reply = await callModel(journal, [], signal, { connections, redactor })
    const words = reply.answer.text.trim().slice(0, 300) || 'It answered without words.'
    const cost = await end(context, { charge, workspaceId, outcome: reply.usage, answer: words, reason: null })
    return { outcome: 'answered', words, cost, tookMs: tookMs() }
  } catch (error) {
    const words =
      error instanceof Error && error.message !== '' ? redactor.text(error.message) : 'It failed without a word.'
    const outcome = error instanceof ModelFailure ? error.billing : ('unknown' as const)
    const cost = await end(context, { charge, workspaceId, outcome, answer: null, reason: words })
    return { outcome: 'failed', words, cost, tookMs: tookMs() }
  }
}

type Beginning = { delegationId: DelegationId; model: string }

async function begin(tx: Tx, { actor }: OrgContext, { delegationId, model }: Beginning) {
  const [first] = (await loadChart(tx)).workspaces
  if (!first) {
    throw new AppError('conflict', 'There is no workspace yet that could ask it.', { fix: 'Create a workspace first.' })
  }
  if (actor.kind === 'workspace' || actor.kind === 'agent') throw new AppError('forbidden', 'An agent tries no models.')
  await insertDelegation(tx, {
    ...{ id: delegationId, parentId: null, rootId: delegationId, parentStep: null, workspaceId: first.id },
    ...{ fromWorkspaceId: null, requester: requesterOf(actor), requesterName: actorName(actor) },
    ...{ task: `Test of ${model}: ${task}`, priority: 1, idempotencyKey: `test ${randomUUID()}` },
    ...{ isRehearsal: false, stepLimit: 1, chain: { id: uuidv7(), depth: 0 } },
  })
  // Ended until it is known how: nobody takes it up, and a server that stops meanwhile leaves no work behind.
  await endTest(tx, delegationId, { answer: null, reason: 'The test was not finished.', cost: 0 })
  return { workspaceId: first.id, journal: journalOf(delegationId, first.id, model) }
}

type Ending = {
  charge: { delegationId: DelegationId; step: number; attempt: number }
  workspaceId: WorkspaceId
  outcome: Parameters<typeof settle>[1]['outcome']
  answer: string | null
  reason: string | null
}

async function end(context: OrgContext, { charge, workspaceId, outcome, answer, reason }: Ending): Promise<number> {
  return await inTransaction(context, async (tx) => {
    const { cost } = await settle(tx, { ...charge, outcome })
    const { delegationId } = charge
    await endTest(tx, delegationId, { answer, reason, cost })
    const of = { delegationId, workspaceId, fromWorkspaceId: null }
    const chain = { id: delegationId, depth: 0 }
    tx.tell(
      { type: 'delegation.queued', payload: { ...of, parentId: null, rootId: delegationId, priority: 'normal' } },
      chain,
    )
    tx.tell({ type: 'delegation.started', payload: of }, chain)
    const type = answer === null ? ('delegation.failed' as const) : ('delegation.completed' as const)
    tx.tell({ type, payload: { ...of, cost } }, chain)
    return cost
  })
}

/** No more than the words it takes: no prompt of the workspace, no peers, no tools. */
function journalOf(delegationId: DelegationId, workspaceId: WorkspaceId, model: string) {
  const output = {
    ...{ workspace: { id: workspaceId, name: 'Test', role: '' }, requesterName: 'a person', peers: [], tools: [] },
    ...{
      prompt: { text: '', version: 0 },
      configVersion: 0,
      model,
      isRehearsal: false,
      contactPolicy: 'direct' as const,
    },
    ...{ maxSteps: 1, maxOutputTokens: outputTokens, rehearsal: [] },
  }
  const context = {
    ...{ step: 0, kind: 'context' as const, state: 'done' as const, name: 'context', input: {}, error: null },
    ...{ askedBy: null, call: null, childId: null, approvalId: null, output },
  }
  return { delegationId, workspaceId, state: 'running' as const, task, cancel: null, steps: [context] }
}
