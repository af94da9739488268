import { describe, expect, it } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { EdgeActivity } from '../../features/delegations/index.ts'
import { cardSize } from '../card-size.ts'
import { curveBetween, pointOn } from '../overlay/curve.ts'
import { idOf } from '../testing/make-workspaces.ts'
import { edgeNear } from './edge-near.ts'

const id = (index: number) => WorkspaceId.parse(idOf(index))
const places = new Map<string, { x: number; y: number }>([
  [id(0), { x: 0, y: 0 }],
  [id(1), { x: -200, y: 200 }],
  [id(2), { x: 200, y: 200 }],
])
const edge = (from: number, to: number, state: EdgeActivity['state'] = 'running'): EdgeActivity => ({
  ...{ from: id(from), to: id(to), state },
  ...{ needsPerson: false, count: 1, at: 0 },
})
const near = (edges: EdgeActivity[], point: { x: number; y: number }, reach = 8) =>
  edgeNear(edges, (one) => places.get(one), point, reach)
const onCurve = (from: number, to: number, at: number) => {
  const [a, b] = [places.get(id(from)), places.get(id(to))]
  if (!a || !b) throw new Error('No such card.')
  return pointOn(curveBetween(a, b), at)
}

describe('the edge under the pointer', () => {
  const left = edge(0, 1)
  const right = edge(0, 2)

  it.each([0.1, 0.5, 0.9])('is the one whose line passes there (%f)', (at) => {
    const { x, y } = onCurve(0, 2, at)
    expect(near([left, right], { x: x + 3, y: y - 3 })).toBe(right)
  })

  it('is none where no line passes', () => {
    expect(near([left, right], { x: cardSize.width / 2, y: 260 })).toBeUndefined()
  })

  it('is the nearer of two', () => {
    const { x, y } = onCurve(0, 1, 0.6)
    expect(near([right, left], { x, y }, 400)).toBe(left)
  })

  it('is found below two cards that stand side by side, where their line sags', () => {
    const across = edge(1, 2)
    expect(near([across], onCurve(1, 2, 0.5))).toBe(across)
  })

  it('is no edge at rest, nor one to a card that is not there', () => {
    expect(near([edge(0, 2, 'rest'), edge(0, 9)], onCurve(0, 2, 0.5))).toBeUndefined()
  })
})
