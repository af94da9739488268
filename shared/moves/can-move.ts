import type { WorkspaceId } from '../kernel/ids.ts'
import { canHold, explainHolding } from '../workspaces/can-hold.ts'
import { type Chart, descendantsOf, levelsOf } from '../workspaces/chart.ts'

export type MoveReason =
  | 'unknown-workspace'
  | 'unknown-parent'
  | 'self'
  | 'own-descendant'
  | 'too-deep'
  | 'corrupt-chart'
export type MoveVerdict = { allowed: true } | { allowed: false; reason: MoveReason }

/** May a workspace with its team go under that parent (null: become a root)? */
export function canMove(chart: Chart, workspace: WorkspaceId, toParent: WorkspaceId | null): MoveVerdict {
  if (chart.parentOf(workspace) === undefined) return { allowed: false, reason: 'unknown-workspace' }
  if (toParent === null) return { allowed: true }
  if (toParent === workspace) return { allowed: false, reason: 'self' }
  if (chart.parentOf(toParent) === undefined) return { allowed: false, reason: 'unknown-parent' }
  if (descendantsOf(chart, workspace).includes(toParent)) return { allowed: false, reason: 'own-descendant' }
  return canHold(chart, toParent, levelsOf(chart, workspace))
}

/** The refusal in words for a person. */
export function explainMove(reason: MoveReason, names: { name: string; parentName: string }): string {
  switch (reason) {
    case 'unknown-workspace':
      return 'There is no such workspace.'
    case 'self':
      return `${names.name} cannot be its own parent.`
    case 'own-descendant':
      return `${names.name} cannot move under ${names.parentName}: ${names.parentName} is in its own team.`
    default:
      return explainHolding(reason)
  }
}
