import { hierarchy, tree } from 'd3-hierarchy'

type Point = { x: number; y: number }
export type Sketch = {
  boxes: (Point & { name: string; path: string })[]
  lines: { from: Point; to: Point }[]
  width: number
  height: number
}

const apart = { x: 92, y: 40 }
const half = { x: 42, y: 10 }
const margin = 6

type Node = { path: readonly string[]; children: Node[] }

/** Where the boxes of a small chart lie, from the paths of its workspaces; parents come before their children. */
export function sketchOf(paths: readonly (readonly string[])[]): Sketch {
  const root: Node = { path: [], children: [] }
  const known = new Map([['', root]])
  for (const path of paths) {
    const node: Node = { path, children: [] }
    known.set(path.join('\n'), node)
    known.get(path.slice(0, -1).join('\n'))?.children.push(node)
  }
  const placed = tree<Node>()
    .nodeSize([apart.x, apart.y])
    .separation(() => 1)(hierarchy(root))
  const shown = placed.descendants().filter(({ depth }) => depth > 0)
  const left = Math.min(...shown.map(({ x }) => x), 0) - half.x - margin
  const top = apart.y - half.y - margin
  const at = ({ x, y }: Point): Point => ({ x: x - left, y: y - top })
  return {
    boxes: shown.map((node) => ({ ...at(node), name: node.data.path.at(-1) ?? '', path: node.data.path.join('\n') })),
    lines: shown.flatMap((node) => {
      if (!node.parent || node.parent.depth === 0) return []
      const [from, to] = [at(node.parent), at(node)]
      return [{ from: { x: from.x, y: from.y + half.y }, to: { x: to.x, y: to.y - half.y } }]
    }),
    width: Math.max(...shown.map(({ x }) => x), 0) - left + half.x + margin,
    height: Math.max(...shown.map(({ y }) => y), 0) - top + half.y + margin,
  }
}
