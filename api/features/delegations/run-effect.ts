import type { LanguageModelV4FunctionTool } from '@ai-sdk/provider'
import { type RecordedStep, ToolCall } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { AgentTool } from '../../kernel/agent-tool.ts'
import { type Db, inTransaction, type Tx } from '../../kernel/db.ts'
import { wake } from '../../kernel/wake.ts'
import { callModel } from '../../runtimes/native/call-model.ts'
import { type Loaded, loadDelegation, recordResult, type StepResult } from './journal-store.ts'
import type { StepClaim } from './queue-store.ts'
import { tellStep } from './tell.ts'

export type Effects = { db: Db; tools: readonly AgentTool[] }

/** Somebody else holds or ended the step: nothing of this attempt may be kept. */
class Fenced extends Error {}

/**
 * Runs one claimed step and commits its result, if the claim still holds by then; the delegation is woken in the same
 * transaction. Aborting the signal ends a model call and commits nothing.
 */
export async function runEffect({ db, tools }: Effects, claim: StepClaim, signal: AbortSignal): Promise<void> {
  const loaded = await loadDelegation(db, claim.orgId, claim.delegationId)
  const step = loaded?.journal.steps[claim.step]
  if (!loaded || !step) return
  const context = contextOf(db, claim, loaded)
  try {
    if (step.kind === 'model') await runModel(context, { claim, loaded, step }, tools, signal)
    else await runTool(context, { claim, loaded, step }, tools)
  } catch (error) {
    if (!(error instanceof Fenced)) throw error
  }
}

type Effect = { claim: StepClaim; loaded: Loaded; step: RecordedStep }

async function runModel(
  context: OrgContext,
  effect: Effect,
  tools: readonly AgentTool[],
  signal: AbortSignal,
): Promise<void> {
  let result: StepResult
  try {
    const reply = await callModel(effect.loaded.journal, tools.map(specOf), signal)
    const { answer, inputTokens, outputTokens, isRehearsal } = reply
    result = { ...nothing, state: 'done', output: answer, inputTokens, outputTokens, isRehearsal }
  } catch (error) {
    if (signal.aborted) return
    result = failure(error)
  }
  await inTransaction(context, (tx) => commitResult(tx, effect, result))
}

async function runTool(context: OrgContext, effect: Effect, tools: readonly AgentTool[]): Promise<void> {
  try {
    await inTransaction(context, async (tx) => {
      // Its own queue entry first, then what the tool touches: the lock order.
      await wake(tx, [effect.claim.delegationId])
      await commitResult(tx, effect, await callTool(tx, context, effect, tools))
    })
  } catch (error) {
    if (error instanceof Fenced) throw error
    await inTransaction(context, (tx) => commitResult(tx, effect, failure(error)))
  }
}

async function callTool(tx: Tx, context: OrgContext, effect: Effect, tools: readonly AgentTool[]): Promise<StepResult> {
  const { delegationId, workspaceId } = effect.loaded.journal
  const call = ToolCall.parse(effect.step.input)
  const tool = tools.find((one) => one.name === call.name)
  if (!tool) {
    const known = tools.map((one) => one.name).join(', ')
    throw new AppError('not-found', `There is no tool ${call.name}. The tools are: ${known}.`)
  }
  const site = { context, delegationId, workspaceId, step: effect.step.step }
  const outcome = await tool.run(tx, site, parseArgs(call))
  if (outcome.kind === 'waits') return { ...nothing, state: 'waiting', childId: outcome.childId }
  return { ...nothing, state: 'done', output: { text: outcome.text } }
}

function parseArgs({ name, args }: ToolCall): unknown {
  try {
    return JSON.parse(args.trim() === '' ? '{}' : args)
  } catch (cause) {
    throw new AppError('bad-input', `The arguments of ${name} are not valid JSON.`, {
      fix: `Call ${name} again with one JSON object.`,
      cause,
    })
  }
}

async function commitResult(tx: Tx, { claim, loaded, step }: Effect, result: StepResult): Promise<void> {
  await wake(tx, [claim.delegationId])
  if (!(await recordResult(tx, claim, result))) throw new Fenced()
  tellStep(tx, loaded, { ...step, state: result.state })
}

function specOf({ name, description, inputSchema }: AgentTool): LanguageModelV4FunctionTool {
  return { type: 'function', name, description, inputSchema }
}

function contextOf(db: Db, { orgId }: StepClaim, { journal, workspaceName: name, chain }: Loaded): OrgContext {
  const { workspaceId, delegationId } = journal
  return { db, orgId, chain, actor: { kind: 'workspace', workspaceId, delegationId, name } }
}

const nothing = {
  output: null,
  error: null,
  childId: null,
  inputTokens: 0,
  outputTokens: 0,
  isRehearsal: false,
} as const

const maxErrorChars = 4_000

/** The provider's or the tool's own words, never an empty one. */
function failure(error: unknown): StepResult {
  const said = error instanceof Error ? error.message : String(error)
  const fix = error instanceof AppError && error.fix ? ` ${error.fix}` : ''
  const text = `${said.trim() || 'It failed without a word.'}${fix}`.replaceAll('\0', '').toWellFormed()
  return { ...nothing, state: 'failed', error: text.slice(0, maxErrorChars) }
}
