import type { StepView } from '#shared/delegations/contract.ts'

/** What a trace can be narrowed to. */
export const stepFilters = [
  { id: 'all', label: 'All' },
  { id: 'model', label: 'Model calls' },
  { id: 'tool', label: 'Tool calls' },
  { id: 'said', label: 'Messages' },
  { id: 'handed', label: 'Handed on' },
] as const

export type StepFilter = (typeof stepFilters)[number]['id']

export function fits(step: Pick<StepView, 'kind' | 'name' | 'childId'>, filter: StepFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'model':
      return step.kind === 'model'
    case 'tool':
      return step.kind === 'tool'
    case 'said':
      return step.kind === 'message' || (step.kind === 'note' && step.name === 'message')
    case 'handed':
      return step.childId !== null
    default:
      return filter satisfies never
  }
}
