import { type HierarchyNode, hierarchy, tree } from 'd3-hierarchy'
import type { Position, Workspace } from '#shared/workspaces/contract.ts'
import { cardSize, pitch } from './card-size.ts'
import { packTeams } from './pack-teams.ts'

/** Columns that still read well on one screen. */
const widestTree = 8

/** Stands above all roots. */
const ground = ''

type Placed = Pick<Workspace, 'id' | 'parentId' | 'position'>
type Member = { id: string }

/**
 * A place for every card: where a person put it, else its place in a tidy tree, moved along with the nearest card above
 * it that was put somewhere. The same workspaces give the same places.
 */
export function layOut(workspaces: readonly Placed[]): Map<string, Position> {
  const tidy = tidyTree(workspaces)
  const byId = new Map<string, Placed>(workspaces.map((workspace) => [workspace.id, workspace]))
  const taken = new Taken()
  const places = new Map<string, Position>()
  for (const { id, position } of workspaces) {
    if (!position) continue
    places.set(id, position)
    taken.add(position)
  }
  for (const { id, position } of workspaces) {
    if (position) continue
    const place = taken.freeNear(follow(id, tidy, byId))
    places.set(id, place)
    taken.add(place)
  }
  return places
}

function follow(id: string, tidy: Map<string, Position>, byId: Map<string, Placed>): Position {
  const own = tidy.get(id) ?? { x: 0, y: 0 }
  const seen = new Set<string>()
  let above = byId.get(id)?.parentId
  while (above && !seen.has(above)) {
    seen.add(above)
    const anchor = byId.get(above)
    const home = tidy.get(above)
    if (anchor?.position && home) {
      return { x: own.x + anchor.position.x - home.x, y: own.y + anchor.position.y - home.y }
    }
    above = anchor?.parentId
  }
  return own
}

/** A tidy tree while it fits a screen; teams packed in rows when it would become one endless line. */
function tidyTree(workspaces: readonly Placed[]): Map<string, Position> {
  if (workspaces.length === 0) return new Map()
  const chart = hierarchyOf(workspaces)
  const tidy = tree<Member>()
    .nodeSize([1, 1])
    .separation((a, b) => (a.parent === b.parent ? 1 : 1.15))(chart)
  const columns = tidy.descendants().map(({ x }) => x)
  const places = new Map<string, Position>()
  if (Math.max(...columns) - Math.min(...columns) > widestTree) return packTeams(chart)
  tidy.each(({ x, depth, data }) => {
    if (data.id !== ground) places.set(data.id, { x: Math.round(x * pitch.x), y: (depth - 1) * pitch.y })
  })
  return places
}

/** Only what the roots reach: members of a broken ring have no place in a tree. */
function hierarchyOf(workspaces: readonly Placed[]): HierarchyNode<Member> {
  const known = new Set<string>(workspaces.map(({ id }) => id))
  const below = Map.groupBy<string, Placed>(workspaces, ({ parentId }) =>
    parentId && known.has(parentId) ? parentId : ground,
  )
  return hierarchy<Member>({ id: ground }, ({ id }) => below.get(id))
}

/** Where cards stand, in cells of the grid, so that a new one never covers another. */
class Taken {
  private readonly cells = new Map<string, Position[]>()

  add(place: Position): void {
    const key = cell(place.x, place.y)
    this.cells.set(key, [...(this.cells.get(key) ?? []), place])
  }

  freeNear(wanted: Position): Position {
    let place = wanted
    for (let step = 1; step < 400 && this.isCovered(place); step += 1) {
      place = { x: wanted.x + (step % 20) * pitch.x, y: wanted.y + Math.floor(step / 20) * pitch.y }
    }
    return place
  }

  private isCovered({ x, y }: Position): boolean {
    for (const dx of [-pitch.x, 0, pitch.x]) {
      for (const dy of [-pitch.y, 0, pitch.y]) {
        const near = this.cells.get(cell(x + dx, y + dy)) ?? []
        if (near.some((other) => Math.abs(other.x - x) < cardSize.width && Math.abs(other.y - y) < cardSize.height)) {
          return true
        }
      }
    }
    return false
  }
}

function cell(x: number, y: number): string {
  return `${Math.floor(x / pitch.x)},${Math.floor(y / pitch.y)}`
}
