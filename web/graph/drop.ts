import type { Position, Workspace } from '#shared/workspaces/contract.ts'
import { cardSize } from './card-size.ts'
import { type Chart, whyNotUnder } from './chart.ts'
import { type DropTarget, dropTargetAt } from './drop-target.ts'
import type { Bounds } from './hit-test.ts'
import type { WorkspaceNode } from './project.ts'
import { isLeaving, snapInside } from './team-area.ts'

/** What is held: the heads of the teams that move, where each card began, and the ground of the team they belong to. */
export type Hold = {
  heads: readonly Workspace[]
  start: ReadonlyMap<string, Position>
  /** The head under the pointer: it says whether the ground was left. */
  ledId: Workspace['id'] | undefined
  ground: (Bounds & { name: string }) | undefined
}

/** What letting go would do. */
export type Drop =
  | { kind: 'place' }
  /** A little over the edge of its team's ground: it snaps back. */
  | { kind: 'inside'; ground: Bounds }
  /** On the zone that makes roots. */
  | { kind: 'root' }
  /** Off the ground of its team: it becomes a root where it lies. */
  | { kind: 'out' }
  | { kind: 'under'; target: Workspace; refused: string | undefined }

type DropAt = {
  hold: Hold
  cards: readonly WorkspaceNode[]
  chart: Chart
  point: Position
  isOverZone: boolean
  /** A key is held that takes it out wherever it is dropped. */
  isForced: boolean
}

export function dropOf({ hold, cards, chart, point, isOverZone, isForced }: DropAt): Drop {
  const ids = hold.heads.map(({ id }) => id)
  const canBecomeRoot = hold.heads.some(({ parentId }) => parentId !== null)
  if (canBecomeRoot && isOverZone) return { kind: 'root' }
  // Of a thousand cards only those under the pointer are looked at closer, for this is asked at every move of it.
  const near = cards.filter((card) => isUnder(card, point)).map(targetOf(chart))
  const target = dropTargetAt(near, point, new Set(ids))
  if (target) {
    return { kind: 'under', target: target.workspace, refused: whyNotUnder(chart, ids, target.workspace) }
  }
  if (!canBecomeRoot) return { kind: 'place' }
  if (isForced) return { kind: 'out' }
  const led = cards.find(({ id }) => id === hold.ledId)?.position
  if (!led || !hold.ground) return { kind: 'place' }
  if (isLeaving(led, hold.ground)) return { kind: 'out' }
  const inside = snapInside(led, hold.ground)
  return inside.x === led.x && inside.y === led.y ? { kind: 'place' } : { kind: 'inside', ground: hold.ground }
}

export function hintFor(drop: Drop, { heads, ground }: Hold): string | undefined {
  const what = heads.length === 1 ? heads[0]?.name : `${heads.length} workspaces`
  switch (drop.kind) {
    case 'under':
      return drop.refused ?? `Drop to put it under ${drop.target.name}`
    case 'root':
      return 'Drop to make it a root'
    case 'out':
      return `Drop to take ${what} out of the team of ${ground?.name ?? 'its parent'}`
    case 'inside':
    case 'place':
      return undefined
    default:
      return drop satisfies never
  }
}

function isUnder({ position, width = cardSize.width, height = cardSize.height }: WorkspaceNode, { x, y }: Position) {
  return x >= position.x && x < position.x + width && y >= position.y && y < position.y + height
}

function targetOf(chart: Chart): (node: WorkspaceNode) => DropTarget & { workspace: Workspace } {
  return ({ id, position, data, zIndex, width, height }) => ({
    ...{ id, ...position, workspace: data.workspace, zIndex: zIndex ?? 0 },
    width: width ?? cardSize.width,
    height: height ?? cardSize.height,
    depth: depthOf(chart, data.workspace),
  })
}

function depthOf(chart: Chart, { parentId }: Workspace): number {
  let depth = 0
  let above = parentId
  while (above && depth < chart.byId.size) {
    depth += 1
    above = chart.byId.get(above)?.parentId ?? null
  }
  return depth
}
