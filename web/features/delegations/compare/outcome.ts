import type { StepView } from '#shared/delegations/contract.ts'
import { contextOf, resultOf } from './fork-form.ts'

/** What a step gave, in words the summary does not say: the result of a call, what a context says to the model. */
export function outcomeOf(step: StepView): string {
  if (step.kind === 'tool') return resultOf(step)
  if (step.kind !== 'context') return ''
  const { prompt, model, maxSteps } = contextOf([step])
  return `${model}, at most ${maxSteps} steps\n${prompt.trim()}`
}
