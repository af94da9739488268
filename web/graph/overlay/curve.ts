import { cardSize } from '../card-size.ts'
import type { CardShape } from './protocol.ts'

type Corner = Pick<CardShape, 'x' | 'y'>

export type Point = { x: number; y: number }
/** A cubic Bézier curve. */
export type Curve = readonly [Point, Point, Point, Point]

/** Ends reach this far under the cards, so that a card that is dragged fast never tears off its edge. */
const under = 22

/** From the giver down to the receiver; between cards of one height it sags below both. */
export function curveBetween(from: Corner, to: Corner): Curve {
  const middle = cardSize.width / 2
  const start = { x: from.x + middle, y: from.y + cardSize.height }
  const isBelow = to.y > from.y + cardSize.height / 2
  if (isBelow) {
    const end = { x: to.x + middle, y: to.y }
    const bend = Math.max(24, (end.y - start.y) / 2)
    return [start, { x: start.x, y: start.y + bend }, { x: end.x, y: end.y - bend }, end]
  }
  const end = { x: to.x + middle, y: to.y + cardSize.height }
  const depth = Math.max(start.y, end.y) + 56
  return [start, { x: start.x, y: depth }, { x: end.x, y: depth }, end]
}

export function pointOn([a, b, c, d]: Curve, at: number): Point {
  const rest = 1 - at
  const [wa, wb, wc, wd] = [rest ** 3, 3 * rest ** 2 * at, 3 * rest * at ** 2, at ** 3]
  return { x: wa * a.x + wb * b.x + wc * c.x + wd * d.x, y: wa * a.y + wb * b.y + wc * c.y + wd * d.y }
}

export function traceCurve(path: CanvasPath, [a, b, c, d]: Curve): void {
  path.moveTo(a.x, a.y - under)
  path.lineTo(a.x, a.y)
  path.bezierCurveTo(b.x, b.y, c.x, c.y, d.x, d.y)
  path.lineTo(d.x, d.y + (c.y <= d.y ? under : -under))
}

/** A curve lies within the hull of its points. */
export function isCurveIn(curve: Curve, left: number, top: number, right: number, bottom: number): boolean {
  const [a, b, c, d] = curve
  return (
    Math.min(a.x, b.x, c.x, d.x) <= right &&
    Math.max(a.x, b.x, c.x, d.x) >= left &&
    Math.min(a.y, b.y, c.y, d.y) - under <= bottom &&
    Math.max(a.y, b.y, c.y, d.y) + under >= top
  )
}
