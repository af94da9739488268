import { filledPrompt } from '#shared/delegations/filled-prompt.ts'
import { openHold } from '#shared/delegations/hold.ts'
import { type Journal, type RecordedStep, ToolOutput, WorkContext } from '#shared/delegations/journal.ts'
import type { ForkEdit } from '#shared/delegations/replay-contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'

/**
 * The steps a fork begins with: 0 to `atStep` as they were recorded, the edited one replaced. Calls that one answer asked for
 * stay together, so that none of them is made a second time. Throws in words where the work cannot be taken up there.
 */
export function stepsOfFork(journal: Journal, atStep: number, edit: ForkEdit): RecordedStep[] {
  const at = journal.steps[atStep]
  if (!at) throw new AppError('bad-input', `It has no step ${atStep}.`, { field: 'atStep' })
  const end = at.askedBy === null ? atStep : lastOf(journal, at.askedBy)
  // Questions were asked, and answered, in the delegation it comes from.
  const kept = journal.steps.slice(0, end + 1).map((step) => ({ ...step, approvalId: null }))
  const open = kept.find((step) => step.state !== 'done' && step.state !== 'failed')
  if (open)
    throw new AppError('conflict', `Step ${open.step} has not ended with a result, so nothing can go on from it.`)
  if (at.kind === 'model' && at.state === 'failed') {
    throw new AppError('conflict', `Step ${atStep} is a call that failed.`, { fix: 'Fork at the step before it.' })
  }
  if (openHold({ ...journal, steps: kept })) {
    throw new AppError('conflict', `At step ${end} it was held.`, { fix: 'Fork at a step before it was held.' })
  }
  return edit.kind === 'result' ? withResult(kept, atStep, edit.text) : kept.map((step) => withContext(step, edit))
}

function lastOf(journal: Journal, askedBy: number): number {
  return journal.steps.findLast((step) => step.askedBy === askedBy)?.step ?? askedBy
}

function withResult(kept: readonly RecordedStep[], atStep: number, text: string): RecordedStep[] {
  if (kept[atStep]?.kind !== 'tool') {
    throw new AppError('bad-input', `Step ${atStep} is no call, so it has no result to replace.`, { field: 'atStep' })
  }
  const output = ToolOutput.parse({ text })
  return kept.map((step) => (step.step === atStep ? { ...step, state: 'done', output, error: null } : step))
}

function withContext(step: RecordedStep, edit: ForkEdit): RecordedStep {
  if (step.kind !== 'context' || edit.kind === 'nothing' || edit.kind === 'result') return step
  const context = WorkContext.parse(step.output)
  return { ...step, output: { ...context, ...change(context, edit) } }
}

function change(context: WorkContext, edit: Exclude<ForkEdit, { kind: 'nothing' | 'result' }>): Partial<WorkContext> {
  if (edit.kind === 'prompt') return { prompt: { ...context.prompt, text: filledPrompt(edit.text, context) } }
  if (edit.kind === 'steps') return { maxSteps: edit.maxSteps }
  const { plan } = context
  return { model: edit.model, ...(plan && { plan: { ...plan, chain: [edit.model], routes: [], named: null } }) }
}
