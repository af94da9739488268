import { expect, it } from 'vitest'
import { axisOf, spanOn } from './time-axis.ts'

const at = (seconds: number) => new Date(seconds * 1_000).toISOString()
const ran = (from: number, to: number | null) => ({ startedAt: at(from), finishedAt: to === null ? null : at(to) })

it('reaches from the first begin to the last end, or to now', () => {
  expect(axisOf([{ startedAt: null, finishedAt: null }], 0)).toBeUndefined()
  expect(axisOf([ran(2, 4), ran(3, 9)], 50_000)).toEqual({ from: 2_000, to: 9_000 })
  expect(axisOf([ran(2, 4), ran(3, null)], 12_000)).toEqual({ from: 2_000, to: 12_000 })
})

it('places a bar, and keeps it in sight however short it was', () => {
  const axis = { from: 0, to: 10_000 }
  expect(spanOn(axis, ran(2, 7), 0)).toEqual({ left: 20, width: 50 })
  expect(spanOn(axis, ran(10, 10), 0)).toEqual({ left: 98.5, width: 1.5 })
  expect(spanOn(axis, ran(5, null), 10_000)).toEqual({ left: 50, width: 50 })
  expect(spanOn(axis, ran(-5, 40), 0)).toEqual({ left: 0, width: 100 })
  expect(spanOn(axis, { startedAt: null, finishedAt: null }, 0)).toBeUndefined()
})
