import type { StepView } from '#shared/delegations/contract.ts'
import type { ForkEdit } from '#shared/delegations/replay-contract.ts'
import type { SelectOption } from '../../../ui/select.tsx'

export type EditKind = ForkEdit['kind']

/** What a fork can have other than its original; a result only where a call has one. */
export function editKinds(steps: readonly StepView[]): SelectOption<EditKind>[] {
  return [
    { value: 'prompt', label: 'The prompt' },
    { value: 'model', label: 'The model' },
    { value: 'steps', label: 'The step limit' },
    { value: 'result', label: 'The result of a call', isDisabled: forkableSteps(steps, 'result').length === 0 },
    { value: 'nothing', label: 'Nothing: go on once more' },
  ]
}

/** Steps a fork can be made after: those with a result, all before them too; for a result only calls. */
export function forkableSteps(steps: readonly StepView[], kind: EditKind): StepView[] {
  const firstOpen = steps.findIndex(({ state }) => state !== 'done' && state !== 'failed')
  const ended = firstOpen < 0 ? steps : steps.slice(0, firstOpen)
  if (kind === 'result') return ended.filter((step) => step.kind === 'tool')
  return ended.filter((step) => step.kind !== 'note' && !(step.kind === 'model' && step.state === 'failed'))
}

/** What the work began with. */
export function contextOf(steps: readonly StepView[]): { prompt: string; model: string; maxSteps: number } {
  const output = steps.find(({ kind }) => kind === 'context')?.output
  const prompt = field(field(output, 'prompt'), 'text')
  const model = field(output, 'model')
  const maxSteps = field(output, 'maxSteps')
  return {
    prompt: typeof prompt === 'string' ? prompt : '',
    model: typeof model === 'string' ? model : '',
    maxSteps: typeof maxSteps === 'number' ? maxSteps : 25,
  }
}

export function resultOf(step: StepView | undefined): string {
  const text = field(step?.output, 'text')
  return typeof text === 'string' ? text : (step?.error ?? '')
}

/** The edit as it is sent; undefined while what is typed is none. */
export function editOf(kind: EditKind, text: string): ForkEdit | undefined {
  switch (kind) {
    case 'nothing':
      return { kind }
    case 'prompt':
    case 'result':
      return { kind, text }
    case 'model':
      return text.trim() === '' ? undefined : { kind, model: text.trim() }
    case 'steps': {
      const maxSteps = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0
      return maxSteps >= 1 && maxSteps <= 1_000 ? { kind, maxSteps } : undefined
    }
    default:
      return kind satisfies never
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined
}
