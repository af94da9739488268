import { type Journal, WorkContext } from '#shared/delegations/journal.ts'
import { isWorkCall } from '#shared/delegations/model-step.ts'
import type { ModelWindow, WindowPart } from '#shared/delegations/window-contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { redactorOf } from '../../kernel/redact/redactor-of.ts'
import { sentTo } from '../../runtimes/native/window.ts'
import { withGiven } from './known-tools.ts'
import { readRun } from './replay-store.ts'
import { stepsOf } from './view-store.ts'

/**
 * What one model call was sent, part by part: made anew from the steps before it, by the function the call itself was made
 * with. The tools are described as they are described now; which of them it had is recorded.
 */
export async function getWindow(
  context: OrgContext,
  { delegationId, step }: { delegationId: DelegationId; step: number },
  tools: readonly AnyTool[],
): Promise<ModelWindow> {
  requireMay(context, 'delegations.read')
  const { db, orgId } = context
  const { run, rows } = await inSnapshot(db, orgId, async (reader) => {
    const [run, rows] = await Promise.all([readRun(reader, delegationId), stepsOf(reader, delegationId)])
    return { run, rows }
  })
  const row = rows.find((one) => one.step === step)
  if (!run || !row) throw new AppError('not-found', 'There is no such step.')
  const known = contextOf(run.journal)
  if (row.kind !== 'model' || !known)
    throw new AppError('bad-input', `Step ${step} is no model call.`, { field: 'step' })
  const redactor = await redactorOf(db, orgId)
  const call = run.journal.steps[step]
  const isWork = call !== undefined && isWorkCall(call)
  const sent = redactor.json([
    ...(call ? sentTo(call, run.journal, known) : []),
    ...(isWork ? toolsPart(known, withGiven(tools, known)) : []),
  ])
  const count = await counter()
  const parts = sent.map((part) => ({ ...part, tokens: count(part.text) }))
  return {
    model: row.name,
    parts,
    estimated: parts.reduce((sum, { tokens }) => sum + tokens, 0),
    counted: row.state === 'done' && !row.isRehearsal ? row.inputTokens : null,
    maxOutputTokens: known.maxOutputTokens ?? null,
  }
}

function contextOf({ steps }: Journal): WorkContext | undefined {
  return WorkContext.safeParse(steps.find((step) => step.kind === 'context')?.output).data
}

function toolsPart(known: WorkContext, tools: readonly AnyTool[]): WindowPart[] {
  const given = tools.filter(({ name }) => known.tools.includes(name))
  if (given.length === 0) return []
  const specs = given.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }))
  return [{ kind: 'tools', title: `${given.length} tools`, step: null, text: JSON.stringify(specs, null, 2) }]
}

/** Marks of a tokenizer's own that stand in a text are text like all else. */
const plainText = { disallowedSpecial: new Set<string>() }

/** One tokenizer for all models, loaded when it is first needed: its table is large. */
async function counter(): Promise<(text: string) => number> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
  return (text) => countTokens(text, plainText)
}
