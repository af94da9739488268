import { describe, expect, it } from 'vitest'
import { cardSize, pitch } from './card-size.ts'
import { boundsOf } from './hit-test.ts'
import { layOut } from './layout.ts'
import { idOf, makeWorkspaces } from './testing/make-workspaces.ts'

const team = [{}, { parent: 0 }, { parent: 0 }, { parent: 1 }, { parent: 1 }]
const sixes = (count: number) =>
  Array.from({ length: count }, (_, index) => (index === 0 ? {} : { parent: Math.floor((index - 1) / 6) }))

describe('the layout', () => {
  it('puts a parent above the middle of its children', () => {
    const places = layOut(makeWorkspaces(team))
    const [root, left, right] = [0, 1, 2].map((index) => places.get(idOf(index)))
    expect(root?.y).toBe(0)
    expect(left?.y).toBe(pitch.y)
    expect(root?.x).toBe(((left?.x ?? 0) + (right?.x ?? 0)) / 2)
  })

  it('gives the same places for the same workspaces', () => {
    expect([...layOut(makeWorkspaces(sixes(100)))]).toEqual([...layOut(makeWorkspaces(sixes(100)))])
  })

  it.each([5, 40, 400])('lets no card of %i cover another', (count) => {
    const places = [...layOut(makeWorkspaces(sixes(count))).values()]
    const covered = places.flatMap((a, index) =>
      places
        .slice(index + 1)
        .filter((b) => Math.abs(a.x - b.x) < cardSize.width && Math.abs(a.y - b.y) < cardSize.height),
    )
    expect(covered).toEqual([])
  })

  it('fills a screen instead of one endless line', () => {
    const bounds = boundsOf([...layOut(makeWorkspaces(sixes(1000)))].map(([id, position]) => ({ id, position })))
    expect((bounds?.width ?? 0) / (bounds?.height ?? 1)).toBeGreaterThan(0.8)
    expect((bounds?.width ?? 0) / (bounds?.height ?? 1)).toBeLessThan(3)
  })

  it('leaves a card where a person put it, and lets its team follow', () => {
    const free = layOut(makeWorkspaces(team))
    const moved = layOut(
      makeWorkspaces(team.map((one, index) => (index === 1 ? { ...one, position: { x: 2000, y: 900 } } : one))),
    )
    expect(moved.get(idOf(1))).toEqual({ x: 2000, y: 900 })
    const offset = (places: Map<string, { x: number; y: number }>) =>
      (places.get(idOf(3))?.x ?? 0) - (places.get(idOf(1))?.x ?? 0)
    expect(offset(moved)).toBe(offset(free))
    expect(moved.get(idOf(0))).toEqual(free.get(idOf(0)))
  })

  it('lays out a forest, and survives a ring of parents', () => {
    const forest = layOut(makeWorkspaces([{}, {}, { parent: 1 }]))
    expect(forest.get(idOf(0))?.y).toBe(forest.get(idOf(1))?.y)
    expect(layOut(makeWorkspaces([{ parent: 1 }, { parent: 0 }, {}])).size).toBe(3)
  })
})
