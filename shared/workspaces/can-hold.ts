import type { WorkspaceId } from '../kernel/ids.ts'
import { ancestorsOf, maxAncestorWalk } from './can-communicate.ts'
import type { Chart } from './chart.ts'

export type Holding = { allowed: true } | { allowed: false; reason: 'unknown-parent' | 'too-deep' | 'corrupt-chart' }

/** May a team of so many levels stand below this parent? A chart is at most as deep as the contact rule walks. */
export function canHold(chart: Chart, parent: WorkspaceId, levels: number): Holding {
  if (chart.parentOf(parent) === undefined) return { allowed: false, reason: 'unknown-parent' }
  const above = ancestorsOf(parent, chart.parentOf)
  if (above === 'corrupt') return { allowed: false, reason: 'corrupt-chart' }
  return above.length + 1 + levels > maxAncestorWalk ? { allowed: false, reason: 'too-deep' } : { allowed: true }
}

/** The refusal in words for a person. */
export function explainHolding(reason: Extract<Holding, { allowed: false }>['reason']): string {
  switch (reason) {
    case 'unknown-parent':
      return 'There is no such parent in this organisation.'
    case 'too-deep':
      return `An org chart can be at most ${maxAncestorWalk} levels deep.`
    case 'corrupt-chart':
      return 'The org chart above that parent is broken.'
    default:
      return reason satisfies never
  }
}
