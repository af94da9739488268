import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'

/** The org chart as lookups, in the order of the list. */
export type Chart = {
  byId: ReadonlyMap<string, Workspace>
  roots: readonly Workspace[]
  childrenOf: (id: string) => readonly Workspace[]
}

export function chartOf(workspaces: readonly Workspace[]): Chart {
  const byId = new Map<string, Workspace>(workspaces.map((workspace) => [workspace.id, workspace]))
  const below = Map.groupBy<string, Workspace>(workspaces, ({ parentId }) =>
    parentId && byId.has(parentId) ? parentId : '',
  )
  return { byId, roots: below.get('') ?? [], childrenOf: (id) => below.get(id) ?? [] }
}

/** Everyone below, nearest first. */
export function teamOf(chart: Chart, id: string): Workspace[] {
  const team = [...chart.childrenOf(id)]
  for (const member of team) {
    if (team.length > chart.byId.size) break
    team.push(...chart.childrenOf(member.id))
  }
  return team
}

/** Of many chosen, those that stand below no other chosen one: the others come along anyway. */
export function topmost(chart: Chart, ids: readonly WorkspaceId[]): WorkspaceId[] {
  const below = new Set(ids.flatMap((id) => teamOf(chart, id).map((member) => member.id)))
  return ids.filter((id) => !below.has(id))
}

/** Why the chosen ones cannot be put under the target; undefined when they can. */
export function whyNotUnder(chart: Chart, ids: readonly WorkspaceId[], target: Workspace): string | undefined {
  for (const id of ids) {
    const moved = chart.byId.get(id)
    if (!moved) continue
    if (id === target.id) return 'A workspace cannot be its own parent.'
    if (teamOf(chart, id).some((member) => member.id === target.id)) {
      return `${target.name} is in the team of ${moved.name}.`
    }
  }
  const isSame = ids.every((id) => chart.byId.get(id)?.parentId === target.id)
  return isSame ? `Already under ${target.name}.` : undefined
}

export type Step = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End'

/** Where an arrow key leads on the chart: up to the parent, down to the first child, sideways among siblings. */
export function stepFrom(chart: Chart, id: string, step: Step): Workspace | undefined {
  const here = chart.byId.get(id)
  if (!here) return chart.roots[0]
  if (step === 'Home') return chart.roots[0]
  if (step === 'End') return chart.roots.at(-1)
  if (step === 'ArrowUp') return here.parentId ? chart.byId.get(here.parentId) : undefined
  if (step === 'ArrowDown') return chart.childrenOf(id)[0]
  const siblings = here.parentId && chart.byId.has(here.parentId) ? chart.childrenOf(here.parentId) : chart.roots
  const at = siblings.indexOf(here)
  return siblings[step === 'ArrowLeft' ? at - 1 : at + 1]
}
