import type { Position } from '#shared/workspaces/contract.ts'
import { cardSize } from './card-size.ts'
import type { Bounds, Box } from './hit-test.ts'
import { boundsOf } from './hit-test.ts'

/** Room around a team in which a card still counts as with it. */
const margin = { x: 128, y: 80 } as const

/** From this share of a card outside on, letting go takes it out; below, it snaps back inside. */
const leavingShare = 0.2

/** The ground of a team: its cards, those that are held where they were picked up, and some room around. */
export function teamArea(cards: readonly Box[]): Bounds | undefined {
  const bounds = boundsOf(cards)
  if (!bounds) return undefined
  return {
    x: bounds.x - margin.x,
    y: bounds.y - margin.y,
    width: bounds.width + 2 * margin.x,
    height: bounds.height + 2 * margin.y,
  }
}

/** Has so much of the card left the ground that it is to be taken out? */
export function isLeaving(card: Position, area: Bounds): boolean {
  return outsideShare(card, area) >= leavingShare
}

/** The nearest place at which the whole card is on the ground. */
export function snapInside({ x, y }: Position, area: Bounds): Position {
  return {
    x: Math.min(Math.max(x, area.x), area.x + area.width - cardSize.width),
    y: Math.min(Math.max(y, area.y), area.y + area.height - cardSize.height),
  }
}

function outsideShare({ x, y }: Position, area: Bounds): number {
  const width = overlap(x, cardSize.width, area.x, area.width)
  const height = overlap(y, cardSize.height, area.y, area.height)
  return 1 - (width * height) / (cardSize.width * cardSize.height)
}

function overlap(a: number, aSize: number, b: number, bSize: number): number {
  return Math.max(0, Math.min(a + aSize, b + bSize) - Math.max(a, b))
}
