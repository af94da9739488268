import { expect, test } from 'vitest'
import { nextRuns } from './next-run.ts'

const runs = (cron: string, timeZone: string, from: string, count: number) =>
  nextRuns({ cron, timeZone }, new Date(from), count).map((run) => run.toISOString())

test('nine in the morning is nine where the people are, in summer and winter', () => {
  expect(runs('0 9 * * *', 'Europe/Berlin', '2026-10-24T00:00:00Z', 2)).toEqual([
    '2026-10-24T07:00:00.000Z',
    '2026-10-25T08:00:00.000Z',
  ])
  expect(runs('0 9 * * 1-5', 'America/New_York', '2026-10-30T20:00:00Z', 1)).toEqual(['2026-11-02T14:00:00.000Z'])
})

test('a time that the clock jumps over runs once, right after it', () => {
  expect(runs('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual([
    '2026-03-29T01:00:00.000Z',
    '2026-03-30T00:30:00.000Z',
  ])
})

test('a time that the clock shows twice runs once', () => {
  expect(runs('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
    '2026-10-25T00:30:00.000Z',
    '2026-10-26T01:30:00.000Z',
  ])
})

test('every half hour goes on through the hour that comes twice', () => {
  const found = runs('*/30 * * * *', 'Europe/Berlin', '2026-10-25T00:00:00Z', 4)
  expect(found.map((run) => run.slice(11, 16))).toEqual(['00:30', '01:00', '01:30', '02:00'])
})

test('a date that never comes has no next run', () => {
  expect(runs('0 0 30 2 *', 'UTC', '2026-01-01T00:00:00Z', 1)).toEqual([])
  expect(runs('0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', 1)).toEqual(['2028-02-29T00:00:00.000Z'])
})
