import type { WorkspaceId } from '../kernel/ids.ts'
import { teamOf } from '../memory/team-of.ts'
import { type Chart, chartWith } from '../workspaces/chart.ts'
import type { Move } from './contact-diff.ts'
import type { MemoryChange } from './contract.ts'

type MemoryDiff = {
  chart: Chart
  moves: readonly Move[]
  /** How many TEAM memories each workspace has written; those with none are not in it. */
  counts: ReadonlyMap<WorkspaceId, number>
  nameOf: (workspace: WorkspaceId) => string
}

/** Whose TEAM memories are read from now on, and whose no longer: by the moved ones first, then those they leave and those they come to. */
export function memoryDiff({ chart, moves, counts, nameOf }: MemoryDiff): MemoryChange[] {
  const after = chartWith(chart, new Map(moves.map((move) => [move.workspaceId, move.toParentId])))
  const heads = moves.map((move) => move.workspaceId)
  const around = heads.flatMap((head) => [...circle(chart, head), ...circle(after, head)])
  return [...new Set([...heads, ...around])].flatMap((reader) => {
    const was = new Set(teamOf(chart, reader))
    const is = new Set(teamOf(after, reader))
    const change = {
      workspaceId: reader,
      name: nameOf(reader),
      gains: sources(
        [...is].filter((id) => !was.has(id)),
        counts,
        nameOf,
      ),
      loses: sources(
        [...was].filter((id) => !is.has(id)),
        counts,
        nameOf,
      ),
    }
    return change.gains.length + change.loses.length > 0 ? [change] : []
  })
}

/** Whoever reads what the workspace writes: its parent, its siblings and its reports. Roots read nothing of each other. */
function circle(chart: Chart, workspace: WorkspaceId): WorkspaceId[] {
  const parent = chart.parentOf(workspace)
  const siblings = parent ? [parent, ...chart.childrenOf(parent)] : []
  return [...siblings, ...chart.childrenOf(workspace)]
}

function sources(
  ids: readonly WorkspaceId[],
  counts: MemoryDiff['counts'],
  nameOf: MemoryDiff['nameOf'],
): MemoryChange['gains'] {
  return ids.flatMap((workspaceId) => {
    const count = counts.get(workspaceId) ?? 0
    return count > 0 ? [{ workspaceId, name: nameOf(workspaceId), count }] : []
  })
}
