import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { EdgeActivity } from '../../features/delegations/index.ts'

type EdgeChange = readonly [string, EdgeActivity | undefined]
export type StandsIn = ReadonlyMap<WorkspaceId, WorkspaceId>

/** Work between cards: what travels to or from the inside of a team that is one card ends at that card. */
export function createWorkProjection(standsIn: StandsIn) {
  const parts = new Map<string, Map<string, EdgeActivity>>()
  const drawnAs = new Map<string, string>()
  const shown = new Map<string, EdgeActivity>()

  /** The edges as drawn that these changes of edges between workspaces change. */
  function project(changes: readonly EdgeChange[]): readonly EdgeChange[] {
    // Where no team is one card, every edge is drawn as itself.
    if (standsIn.size === 0) {
      for (const [key, work] of changes) show(key, work)
      return changes
    }
    const touched = new Set<string>()
    for (const [key, work] of changes) {
      const drawn = work ? keyBetween(endsOf(work, standsIn)) : drawnAs.get(key)
      if (drawn === undefined) continue
      drawnAs.set(key, drawn)
      touched.add(drawn)
      const own = parts.get(drawn) ?? new Map<string, EdgeActivity>()
      parts.set(drawn, own)
      if (work) own.set(key, work)
      else own.delete(key)
    }
    return [...touched].map((key) => {
      const work = mergeWork([...(parts.get(key)?.values() ?? [])], standsIn)
      show(key, work)
      return [key, work] as const
    })
  }

  function show(key: string, work: EdgeActivity | undefined): void {
    if (work && work.state !== 'rest') shown.set(key, work)
    else shown.delete(key)
  }

  return { project, shown: (): ReadonlyMap<string, EdgeActivity> => shown }
}

/** Many edges drawn as one: all that travels is counted, and the worst of it is shown. */
function mergeWork(all: readonly EdgeActivity[], standsIn: StandsIn): EdgeActivity | undefined {
  const [first] = all
  if (!first) return undefined
  const worst = all.reduce((most, one) => (urgency(one) > urgency(most) ? one : most), first)
  return { ...worst, ...endsOf(first, standsIn), count: all.reduce((sum, { count }) => sum + count, 0) }
}

/** The cards an edge ends at. */
export function endsOf<T extends { from: WorkspaceId; to: WorkspaceId }>({ from, to }: T, standsIn: StandsIn) {
  return { from: standsIn.get(from) ?? from, to: standsIn.get(to) ?? to }
}

function keyBetween({ from, to }: { from: WorkspaceId; to: WorkspaceId }): string | undefined {
  return from === to ? undefined : `${from}>${to}`
}

function urgency({ state, needsPerson }: EdgeActivity): number {
  return needsPerson ? order.length : order.indexOf(state)
}

const order: EdgeActivity['state'][] = ['rest', 'completed', 'queued', 'waiting', 'running', 'failed']
