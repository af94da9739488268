import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Placement } from '../features/workspaces/index.ts'
import { type Alignment, align, type Direction, distribute } from './align.ts'
import { teamOf } from './chart.ts'
import { keptPlaces, type Places, shiftedPlaces } from './placements.ts'
import type { Cards } from './use-cards.ts'

/** New places under the name that undo says. */
export type Arrangement = Places & { name: string }

/** The chosen cards on one line, each with its team behind it. */
export function aligned(cards: Cards, ids: readonly WorkspaceId[], alignment: Alignment): Arrangement {
  return put(cards, ids, {
    name: `alignment of ${ids.length} workspaces`,
    places: align(chosen(cards, ids), alignment),
  })
}

export function distributed(cards: Cards, ids: readonly WorkspaceId[], direction: Direction): Arrangement {
  const places = distribute(chosen(cards, ids), direction)
  return put(cards, ids, { name: `distribution of ${ids.length} workspaces`, places })
}

/** Everyone below goes back to where the layout wants them. */
export function childrenArranged(cards: Cards, id: WorkspaceId): Arrangement {
  const placed = teamOf(cards.chart, id).filter(({ position }) => position !== null)
  const after = placed.map((one) => ({ workspaceId: one.id, position: null }))
  const name = cards.chart.byId.get(id)?.name ?? ''
  return { name: `arrangement of the team of ${name}`, before: keptPlaces(cards, after), after }
}

function chosen(cards: Cards, ids: readonly WorkspaceId[]) {
  const among = new Set<string>(ids)
  return cards.now.current.filter(({ id }) => among.has(id))
}

type Put = { name: string; places: readonly { id: string; position: { x: number; y: number } }[] }

/** A team follows its head, unless its members are chosen themselves. */
function put(cards: Cards, ids: readonly WorkspaceId[], { name, places }: Put): Arrangement {
  const own = new Set<string>(ids)
  const wanted = new Map(places.map(({ id, position }) => [id, position]))
  const after = new Map<string, Placement>()
  for (const node of chosen(cards, ids)) {
    const to = wanted.get(node.id)
    if (!to) continue
    const by = { x: to.x - node.position.x, y: to.y - node.position.y }
    for (const placement of shiftedPlaces(cards, [node.data.workspace.id], by).after) {
      const isFollower = placement.workspaceId !== node.id
      if (!isFollower || !own.has(placement.workspaceId)) after.set(placement.workspaceId, placement)
    }
  }
  return { name, before: keptPlaces(cards, [...after.values()]), after: [...after.values()] }
}
