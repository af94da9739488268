import { withNote } from '#shared/delegations/hold.ts'
import { type Hold, type Journal, type RecordedStep, ToolCall } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { AgentTool, ToolOutcome } from '../../kernel/agent-tool.ts'
import { isRetriable, type Tx } from '../../kernel/db.ts'
import { tracedTool } from '../../models/tool-span.ts'
import { settle } from '../budgets/index.ts'
import { attemptOf, beginning, type Passed, passGates } from './gates.ts'
import type { Hands } from './hands.ts'
import { LoopTripped, loopHold } from './loop-gate.ts'
import { argsOf } from './require-args.ts'
import { failureText, plain } from './tool-text.ts'
import { follow, type Plan, type Turn } from './turn.ts'

/** A tool failed in a way nobody can act upon: it is to be called by itself, where that can be recorded. */
export class NotInside extends Error {}

type Calling = { turn: Turn; passed: Passed; hands: Hands; site: OrgContext }

/**
 * Tools whose effect is in our database are called right where the model's answer is written down: the answer, what they did
 * and the next decision are one commit. They passed the gates like all others; what one refuses is undone and recorded as its
 * failure.
 */
export async function callInside(tx: Tx, { turn, passed, hands, site }: Calling): Promise<Passed> {
  const calls = insideCalls(passed.plan, hands)
  if (calls.length === 0 || passed.plan.after.state !== 'running') return passed
  let journal = passed.plan.after
  let loop: Hold | undefined
  for (const { step, tool } of calls) {
    const ended = loop ? kept : await callOne(tx, { turn, site, step, tool })
    await settle(tx, { ...attemptOf(turn, step), outcome: ended.change === kept.change ? 'not-sent' : nothingUsed })
    loop ??= ended.loop
    journal = withChange(journal, step.step, ended.change)
  }
  const plan = follow(passed.plan.before, loop ? withNote(journal, 'hold', loop) : journal)
  if (loop || plan.after.state !== 'running') return { plan, within: passed.within, loop }
  const next = await passGates(tx, turn, plan, hands)
  return { ...next, within: new Map([...passed.within, ...next.within]) }
}

/** Will a call of this commit perhaps end in waiting, which leaves the place? */
export function mayWaitInside(plan: Plan, hands: Hands): boolean {
  return insideCalls(plan, hands).some(({ tool }) => tool.hints.waits)
}

function insideCalls(plan: Plan, { tools }: Hands): { step: RecordedStep; tool: AgentTool }[] {
  return beginning(plan).flatMap((step) => {
    const tool = step.kind === 'model' ? undefined : tools.find((one) => one.name === step.name)
    return tool && 'run' in tool ? [{ step, tool }] : []
  })
}

type Ended = { change: Partial<RecordedStep>; loop?: Hold }
const nothingUsed = { inputTokens: 0, outputTokens: 0 }
/** It was not called, and waits for the end of the hold. */
const kept: Ended = { change: { state: 'waiting' } }

type Call = { turn: Turn; site: OrgContext; step: RecordedStep; tool: AgentTool }

async function callOne(tx: Tx, { turn, site, step, tool }: Call): Promise<Ended> {
  const { delegationId, workspaceId } = turn.loaded.journal
  try {
    const at = { context: site, delegationId, workspaceId, step: step.step }
    const call = ToolCall.parse(step.input)
    const outcome = await tracedTool(
      { tool, call, agent: agentOf(turn), mask: (text) => tx.redactor.text(text) },
      () => tx.attempt(() => tool.run(tx, at, argsOf(tool, call))),
      wordsOf,
    )
    if (outcome.kind === 'waits') return { change: { state: 'waiting', childId: outcome.childId } }
    return { change: { state: 'done', output: { text: tx.redactor.text(plain(outcome.text)) } } }
  } catch (error) {
    if (error instanceof LoopTripped) return { ...kept, loop: loopHold(error.verdict, step.step) }
    if (error instanceof AppError) return { change: { state: 'failed', error: tx.redactor.text(failureText(error)) } }
    if (isRetriable(error)) throw error
    throw new NotInside('a tool could not be called inside', { cause: error })
  }
}

/** Whose span a tool call is. */
export function agentOf({ loaded }: Turn) {
  const { delegationId, workspaceId } = loaded.journal
  return { delegationId, workspaceId, name: loaded.workspaceName }
}

export function wordsOf(outcome: ToolOutcome): string {
  return outcome.kind === 'done' ? outcome.text : outcome.childId
}

function withChange(journal: Journal, number: number, change: Partial<RecordedStep>): Journal {
  const steps = journal.steps.map((step) => (step.step === number ? { ...step, ...change } : step))
  return { ...journal, steps }
}
