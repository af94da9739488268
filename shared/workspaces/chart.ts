import type { WorkspaceId } from '../kernel/ids.ts'
import type { ParentOf } from './can-communicate.ts'

/** The org chart as lookups. Children stand in the order they were given. */
export type Chart = {
  ids: readonly WorkspaceId[]
  parentOf: ParentOf
  /** Of null: the roots. */
  childrenOf(parent: WorkspaceId | null): readonly WorkspaceId[]
}

/** A chart of these workspaces. */
export function chartOf(workspaces: readonly { id: WorkspaceId; parentId: WorkspaceId | null }[]): Chart {
  const parents = new Map(workspaces.map(({ id, parentId }) => [id, parentId]))
  const children = Map.groupBy(parents.keys(), (id) => parents.get(id) ?? null)
  return {
    ids: [...parents.keys()],
    parentOf: (id) => parents.get(id),
    childrenOf: (parent) => children.get(parent) ?? [],
  }
}

/** The same chart with other parents for some. */
export function chartWith(chart: Chart, parents: ReadonlyMap<WorkspaceId, WorkspaceId | null>): Chart {
  return chartOf(
    chart.ids.map((id) => {
      const moved = parents.get(id)
      return { id, parentId: moved === undefined ? (chart.parentOf(id) ?? null) : moved }
    }),
  )
}

/** Everyone below, parents before their children; the workspace itself is not among them. */
export function descendantsOf(chart: Chart, workspace: WorkspaceId): WorkspaceId[] {
  const seen = new Set([workspace])
  const below: WorkspaceId[] = []
  const open = chart.childrenOf(workspace).toReversed()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    // Only a corrupt chart comes back to where it was.
    if (seen.has(next)) continue
    seen.add(next)
    below.push(next)
    open.push(...chart.childrenOf(next).toReversed())
  }
  return below
}

/** Levels of a team: 1 for a workspace without reports. */
export function levelsOf(chart: Chart, workspace: WorkspaceId): number {
  const levels = new Map([[workspace, 1]])
  let deepest = 1
  for (const id of descendantsOf(chart, workspace)) {
    const parent = chart.parentOf(id)
    const level = 1 + ((parent && levels.get(parent)) ?? 0)
    levels.set(id, level)
    deepest = Math.max(deepest, level)
  }
  return deepest
}
