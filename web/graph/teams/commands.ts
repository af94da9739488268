import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import type { Command } from '../../kernel/commands.ts'
import { tabStop } from '../card-marks.ts'
import { graphView } from '../graph-view.ts'
import { headsOf, hiding } from './collapse.ts'

/** Opens a team that is one card, or makes it one. */
export function toggleTeam(id: WorkspaceId): void {
  const { collapsed } = graphView.now()
  const next = new Set(collapsed)
  if (!next.delete(id)) next.add(id)
  graphView.change({ collapsed: next })
}

export function expandAll(): void {
  graphView.change({ collapsed: new Set() })
}

/** Below the roots, so that the org keeps a shape; the roots themselves where nobody below them has reports. */
export function collapseAll(workspaces: readonly Workspace[]): void {
  const heads = headsOf(workspaces)
  const roots = new Set(workspaces.filter(({ parentId }) => parentId === null).map(({ id }) => id))
  const below = heads.filter((id) => !roots.has(id))
  graphView.change({ collapsed: new Set(below.length > 0 ? below : heads) })
}

/** Opens whatever hides this workspace. */
export function reveal(workspaces: readonly Workspace[], id: WorkspaceId): void {
  const { collapsed } = graphView.now()
  const above = hiding(workspaces, collapsed, id)
  if (above.length === 0) return
  graphView.change({ collapsed: new Set([...collapsed].filter((one) => !above.includes(one))) })
}

/** The card a key on the graph is about: the focused one. */
export function cardInFocus(): string | undefined {
  const element = document.activeElement
  const focused = element instanceof HTMLElement ? element.dataset.workspaceId : undefined
  return focused ?? tabStop.marked()?.id
}

type Now = { workspaces: () => readonly Workspace[]; zoomTo: (ids: readonly WorkspaceId[]) => void }

/** What one can do with teams, by key and from the palette. */
export function teamCommands({ workspaces, zoomTo }: Now): Command[] {
  const here = () => workspaces().find(({ id }) => id === cardInFocus())
  const hasTeam = () => {
    const id = here()?.id
    return id !== undefined && workspaces().some(({ parentId }) => parentId === id)
  }
  const toggle = () => {
    const id = here()?.id
    if (id !== undefined) toggleTeam(id)
  }
  const zoom = () => {
    const id = here()?.id
    if (id === undefined) return
    const team = [id]
    for (const one of team)
      team.push(...workspaces().flatMap((w) => (w.parentId === one && !team.includes(w.id) ? [w.id] : [])))
    zoomTo(team)
  }
  return [
    { id: 'graph.team', title: 'Collapse or expand the team', group: 'Graph', keys: 'C', when: hasTeam, run: toggle },
    {
      id: 'graph.zoom-team',
      title: 'Zoom to the team',
      group: 'Graph',
      keys: 'Z',
      when: () => here() !== undefined,
      run: zoom,
    },
    {
      id: 'graph.collapse-all',
      title: 'Collapse all teams',
      group: 'Graph',
      keys: 'Shift+C',
      run: () => collapseAll(workspaces()),
    },
    { id: 'graph.expand-all', title: 'Expand all teams', group: 'Graph', keys: 'Shift+E', run: expandAll },
  ]
}
