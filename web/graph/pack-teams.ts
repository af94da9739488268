import type { HierarchyNode } from 'd3-hierarchy'
import type { Position } from '#shared/workspaces/contract.ts'
import { pitch } from './card-size.ts'

type Box = {
  width: number
  height: number
  inside: readonly { child: HierarchyNode<{ id: string }>; x: number; y: number }[]
}

/** Room between teams that stand side by side or below each other, in cards. */
const gap = { x: 0.2, y: 0.15 } as const

/** Each team becomes a block about as wide as a screen is: its head above, its members' blocks in rows below. */
export function packTeams(ground: HierarchyNode<{ id: string }>): Map<string, Position> {
  const boxes = new Map<HierarchyNode<{ id: string }>, Box>()
  ground.eachAfter((node) => boxes.set(node, pack(node.children ?? [], boxes)))
  const places = new Map<string, Position>()
  const queue = [{ node: ground, left: 0, top: -1 }]
  for (const { node, left, top } of queue) {
    const box = boxes.get(node)
    if (!box) continue
    const head = { x: left + (box.width - 1) / 2, y: top }
    if (node !== ground) places.set(node.data.id, { x: Math.round(head.x * pitch.x), y: Math.round(head.y * pitch.y) })
    for (const { child, x, y } of box.inside) queue.push({ node: child, left: left + x, top: top + 1 + y })
  }
  return places
}

function pack(
  children: readonly HierarchyNode<{ id: string }>[],
  boxes: ReadonlyMap<HierarchyNode<{ id: string }>, Box>,
): Box {
  const sized = children.map((child) => ({ child, size: boxes.get(child) ?? { width: 1, height: 1 } }))
  const area = sized.reduce((sum, { size }) => sum + size.width * size.height, 0)
  const widest = sized.reduce((most, { size }) => Math.max(most, size.width), 1)
  // A row and a column of cards are about square, and a screen is wider than high.
  const limit = Math.max(widest, Math.ceil(Math.sqrt(area * 1.7)))
  const rows: (typeof sized)[] = []
  let used = Infinity
  for (const one of sized) {
    const space = one.size.width > 1 ? gap.x : 0
    if (used + one.size.width > limit) {
      rows.push([])
      used = 0
    }
    rows.at(-1)?.push(one)
    used += one.size.width + space
  }
  return stackRows(rows)
}

type Sized = { child: HierarchyNode<{ id: string }>; size: { width: number; height: number } }

function stackRows(rows: readonly (readonly Sized[])[]): Box {
  const width = Math.max(1, ...rows.map(widthOf))
  const inside: Box['inside'][number][] = []
  let y = 0
  for (const row of rows) {
    let x = (width - widthOf(row)) / 2
    for (const { child, size } of row) {
      inside.push({ child, x, y })
      x += size.width + (size.width > 1 ? gap.x : 0)
    }
    const height = Math.max(...row.map(({ size }) => size.height))
    y += height + (height > 1 ? gap.y : 0)
  }
  return { width, height: 1 + y, inside }
}

function widthOf(row: readonly Sized[]): number {
  return row.reduce((sum, { size }) => sum + size.width + (size.width > 1 ? gap.x : 0), 0)
}
