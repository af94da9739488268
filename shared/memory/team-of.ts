import type { WorkspaceId } from '../kernel/ids.ts'
import type { Chart } from '../workspaces/chart.ts'

/** Whose TEAM memories a workspace reads: its own, its parent's and its siblings'; a root its own and its children's. */
export function teamOf(chart: Pick<Chart, 'parentOf' | 'childrenOf'>, workspace: WorkspaceId): WorkspaceId[] {
  const parent = chart.parentOf(workspace)
  if (parent === undefined) return []
  return parent === null ? [workspace, ...chart.childrenOf(workspace)] : [parent, ...chart.childrenOf(parent)]
}
