import type { EdgeActivity } from '../../features/delegations/index.ts'
import { type Curve, curveBetween, isCurveIn, type Point, pointOn } from '../overlay/curve.ts'
import type { CardShape } from '../overlay/protocol.ts'

type Place = Pick<CardShape, 'x' | 'y'>

const samples = 32

/** Of the edges with work on them the one whose line passes nearest, no farther than `reach`; as the picture draws them. */
export function edgeNear(
  edges: Iterable<EdgeActivity>,
  placeOf: (id: string) => Place | undefined,
  point: Point,
  reach: number,
): EdgeActivity | undefined {
  let nearest: EdgeActivity | undefined
  let least = reach
  for (const edge of edges) {
    const [from, to] = [placeOf(edge.from), placeOf(edge.to)]
    if (!from || !to || edge.state === 'rest') continue
    const curve = curveBetween(from, to)
    if (!isCurveIn(curve, point.x - reach, point.y - reach, point.x + reach, point.y + reach)) continue
    const distance = distanceTo(curve, point)
    if (distance > least) continue
    least = distance
    nearest = edge
  }
  return nearest
}

/** From a point to the curve, taken as short straight lines. */
function distanceTo(curve: Curve, point: Point): number {
  let least = Infinity
  let before = pointOn(curve, 0)
  for (let step = 1; step <= samples; step += 1) {
    const next = pointOn(curve, step / samples)
    least = Math.min(least, distanceToLine(before, next, point))
    before = next
  }
  return least
}

function distanceToLine(a: Point, b: Point, { x, y }: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length))
  return Math.hypot(x - a.x - along * dx, y - a.y - along * dy)
}
