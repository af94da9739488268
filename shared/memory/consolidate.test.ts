import { expect, test } from 'vitest'
import { MemoryId } from '../kernel/ids.ts'
import { consolidate, type Kept } from './consolidate.ts'

const now = Date.parse('2030-06-01T00:00:00Z')
const day = 86_400_000
const id = (last: number) => MemoryId.parse(`01890000-0000-7000-8000-0000000000${String(last).padStart(2, '0')}`)

function memory(last: number, text: string, given: Partial<Kept> = {}): Kept {
  const at = now - 10 * day + last
  const usual = { scope: 'LOCAL', kind: 'semantic', importance: 0.5, pinned: false } as const
  return { id: id(last), text, createdAt: at, touchedAt: at, ...usual, ...given }
}

const long = 'the customer in Bremen wants the weekly report as a table on Monday morning'

test('near duplicates become the newest of them, which matters as much as the one that mattered most', () => {
  const memories = [
    memory(1, long, { importance: 0.9 }),
    memory(2, `${long}, please`),
    memory(3, 'Low tide is at six.'),
  ]
  expect(consolidate(memories, now)).toEqual([
    { does: 'merged', memoryId: id(1), into: id(2) },
    { does: 'raised', memoryId: id(2), from: 0.5, to: 0.9 },
  ])
})

test.each([
  ['another number', 'The database listens on port 5432 of the host', 'The database listens on port 5433 of the host'],
  ['a not', 'The customer in Bremen wants the report', 'The customer in Bremen wants the report not'],
  ['another contraction', 'We can deploy on a Friday', "We can't deploy on a Friday"],
])('%s makes two memories of two', (_name, one, other) => {
  expect(consolidate([memory(1, one), memory(2, other)], now)).toEqual([])
})

test('what others read, or another kind, is another memory', () => {
  expect(consolidate([memory(1, long), memory(2, long, { scope: 'TEAM' })], now)).toEqual([])
  expect(consolidate([memory(1, long), memory(2, long, { kind: 'episodic' })], now)).toEqual([])
})

test('what nobody touched for a month matters half as much, once; in the end it is put away', () => {
  const old = { touchedAt: now - 40 * day }
  expect(consolidate([memory(1, 'a'), memory(2, 'b', old), memory(3, 'c', { ...old, importance: 0.08 })], now)).toEqual(
    [
      { does: 'faded', memoryId: id(2), from: 0.5, to: 0.25 },
      { does: 'dropped', memoryId: id(3) },
    ],
  )
})

test('what is pinned neither fades nor goes; others merge into it', () => {
  const old = { touchedAt: now - 400 * day, pinned: true }
  const memories = [memory(1, long, old), memory(2, long, old), memory(3, long)]
  expect(consolidate(memories, now)).toEqual([{ does: 'merged', memoryId: id(3), into: id(2) }])
})

test('tidying again changes nothing', () => {
  const memories = [memory(1, long), memory(2, long)]
  const [change] = consolidate(memories, now)
  expect(
    consolidate(
      memories.filter((one) => one.id !== change?.memoryId),
      now,
    ),
  ).toEqual([])
})

test('two thousand memories take less than a second', () => {
  const many = Array.from({ length: 2_000 }, (_, at) =>
    memory(at % 90, `${long} ${'abcdefghijklmnop'[at % 16]}${at % 7 ? '' : 'x'}`),
  )
  const began = Date.now()
  consolidate(many, now)
  expect(Date.now() - began).toBeLessThan(1_000)
})
