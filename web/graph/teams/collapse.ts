import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { chartOf } from '../chart.ts'

export type Collapsing = {
  /** Those that have a card, in the order of the list; the same list where no team is collapsed. */
  shown: readonly Workspace[]
  /** For each one without a card, the card it stands in. */
  standsIn: ReadonlyMap<WorkspaceId, WorkspaceId>
  /** For each card that is a team, everyone below it. */
  insides: ReadonlyMap<WorkspaceId, readonly WorkspaceId[]>
}

/** Which cards there are when these teams are one card each; of teams within teams the outermost counts. */
export function collapseTeams(workspaces: readonly Workspace[], collapsed: ReadonlySet<WorkspaceId>): Collapsing {
  const standsIn = new Map<WorkspaceId, WorkspaceId>()
  const insides = new Map<WorkspaceId, WorkspaceId[]>()
  if (collapsed.size === 0) return { shown: workspaces, standsIn, insides }
  const chart = chartOf(workspaces)
  const queue = [...chart.roots]
  for (const { id } of queue) {
    const card = standsIn.get(id) ?? (collapsed.has(id) ? id : undefined)
    for (const member of chart.childrenOf(id)) {
      queue.push(member)
      if (card === undefined) continue
      standsIn.set(member.id, card)
      insides.set(card, [...(insides.get(card) ?? []), member.id])
    }
  }
  const shown = standsIn.size === 0 ? workspaces : workspaces.filter(({ id }) => !standsIn.has(id))
  return { shown, standsIn, insides }
}

/** Everyone who has reports. */
export function headsOf(workspaces: readonly Workspace[]): WorkspaceId[] {
  const parents = new Set<string | null>(workspaces.map(({ parentId }) => parentId))
  return workspaces.flatMap(({ id }) => (parents.has(id) ? [id] : []))
}

/** The collapsed teams that hide this workspace: to be opened before it can be seen. */
export function hiding(
  workspaces: readonly Workspace[],
  collapsed: ReadonlySet<WorkspaceId>,
  id: WorkspaceId,
): WorkspaceId[] {
  const byId = new Map(workspaces.map((workspace) => [workspace.id, workspace]))
  const above: WorkspaceId[] = []
  let parent = byId.get(id)?.parentId
  while (parent && !above.includes(parent)) {
    above.push(parent)
    parent = byId.get(parent)?.parentId
  }
  return above.filter((one) => collapsed.has(one))
}
