import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { canMove, explainMove, type MoveReason } from '#shared/moves/can-move.ts'
import type { MoveWorkspaces } from '#shared/moves/contract.ts'
import { type Chart, chartWith } from '#shared/workspaces/chart.ts'
import type { OrgChart } from '../workspaces/index.ts'

type Moves = MoveWorkspaces['moves']

/** Checks the moves one after the other, each on the chart the ones before it leave; throws for the first that cannot be. */
export function checkMoves(org: OrgChart, moves: Moves): void {
  const seen = new Set<WorkspaceId>()
  let chart: Chart = org
  for (const [index, { workspaceId, toParentId, expectedParentId }] of moves.entries()) {
    const field = `moves.${index}`
    const nameOf = (id: WorkspaceId | null) => (id && org.byId.get(id)?.name) ?? ''
    const names = { name: nameOf(workspaceId), parentName: nameOf(toParentId) }
    if (seen.has(workspaceId)) throw new AppError('bad-input', `${names.name} is moved twice.`, { field })
    seen.add(workspaceId)
    const verdict = canMove(chart, workspaceId, toParentId)
    if (!verdict.allowed) throw refusal(verdict.reason, explainMove(verdict.reason, names), field)
    const parentId = org.parentOf(workspaceId) ?? null
    if (expectedParentId !== undefined && expectedParentId !== parentId) {
      const where = parentId ? `is below ${nameOf(parentId)} now` : 'is a root now'
      throw new AppError('conflict', `${names.name} was moved meanwhile: it ${where}.`, {
        field: `${field}.expectedParentId`,
        fix: 'Look at the chart again and repeat the move.',
        data: { workspaceId, parentId },
      })
    }
    chart = chartWith(chart, new Map([[workspaceId, toParentId]]))
  }
}

function refusal(reason: MoveReason, message: string, field: string): AppError {
  if (reason === 'unknown-workspace') return new AppError('not-found', message, { field: `${field}.workspaceId` })
  if (reason === 'unknown-parent') return new AppError('not-found', message, { field: `${field}.toParentId` })
  return new AppError('bad-input', message, { field: `${field}.toParentId`, fix: 'Choose another parent.' })
}
