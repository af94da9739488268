import { expect, test } from 'vitest'
import { cardSize } from './card-size.ts'
import { isLeaving, snapInside, teamArea } from './team-area.ts'

const area = { x: 0, y: 0, width: 1000, height: 500 }

test('a card leaves its team once a fifth of it is outside, on any side and over corners', () => {
  const edge = area.width - cardSize.width
  expect(isLeaving({ x: edge, y: 100 }, area)).toBe(false)
  expect(isLeaving({ x: edge + cardSize.width * 0.19, y: 100 }, area)).toBe(false)
  expect(isLeaving({ x: edge + cardSize.width * 0.21, y: 100 }, area)).toBe(true)
  expect(isLeaving({ x: 100, y: -cardSize.height * 0.21 }, area)).toBe(true)
  expect(isLeaving({ x: -cardSize.width * 0.15, y: -cardSize.height * 0.15 }, area)).toBe(true)
  expect(isLeaving({ x: 5000, y: 5000 }, area)).toBe(true)
})

test('below that it snaps back to the nearest place inside', () => {
  expect(snapInside({ x: -20, y: 480 }, area)).toEqual({ x: 0, y: area.height - cardSize.height })
  expect(snapInside({ x: 50, y: 60 }, area)).toEqual({ x: 50, y: 60 })
})

test('the ground of a team reaches around its cards', () => {
  const ground = teamArea([
    { id: 'a', position: { x: 0, y: 0 } },
    { id: 'b', position: { x: 300, y: 160 } },
  ])
  if (!ground) throw new Error('a team has a ground')
  expect(isLeaving({ x: 300, y: 160 }, ground)).toBe(false)
  expect(ground.x).toBeLessThan(0)
  expect(ground.x + ground.width).toBeGreaterThan(300 + cardSize.width)
  expect(teamArea([])).toBeUndefined()
})
