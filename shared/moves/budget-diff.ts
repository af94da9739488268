import type { WorkspaceId } from '../kernel/ids.ts'
import { ancestorsOf } from '../workspaces/can-communicate.ts'
import { type Chart, chartWith } from '../workspaces/chart.ts'
import type { Move } from './contact-diff.ts'
import type { BudgetChange } from './contract.ts'

/** A limit on the work of a team: of the workspace it is set for and everything below it. */
export type TeamBudget = Pick<BudgetChange, 'workspaceId' | 'period' | 'limits'>

type BudgetDiff = {
  chart: Chart
  moves: readonly Move[]
  budgets: readonly TeamBudget[]
  nameOf: (workspace: WorkspaceId) => string
}

/** Which teams' budgets count the work of the moved ones from now on, and which do so no longer. */
export function budgetDiff({ chart, moves, budgets, nameOf }: BudgetDiff): BudgetChange[] {
  const after = chartWith(chart, new Map(moves.map((move) => [move.workspaceId, move.toParentId])))
  const change = (budget: TeamBudget, sign: BudgetChange['sign']): BudgetChange[] => {
    const moved = moves
      .map(({ workspaceId }) => workspaceId)
      .filter((head) => {
        const was = lineAbove(chart, head).includes(budget.workspaceId)
        const is = lineAbove(after, head).includes(budget.workspaceId)
        return sign === 'gains' ? is && !was : was && !is
      })
    return moved.length > 0 ? [{ ...budget, name: nameOf(budget.workspaceId), moved: moved.map(nameOf), sign }] : []
  }
  return [
    ...budgets.flatMap((budget) => change(budget, 'gains')),
    ...budgets.flatMap((budget) => change(budget, 'loses')),
  ]
}

function lineAbove(chart: Chart, workspace: WorkspaceId): WorkspaceId[] {
  const above = ancestorsOf(workspace, chart.parentOf)
  return above === 'corrupt' ? [] : above
}
