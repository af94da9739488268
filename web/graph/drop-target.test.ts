import { expect, test } from 'vitest'
import { type DropTarget, dropTargetAt } from './drop-target.ts'

const card = (id: string, given: Partial<DropTarget> = {}): DropTarget => {
  return { id, x: 0, y: 0, width: 232, height: 76, zIndex: 0, depth: 0, ...given }
}
const at = { x: 10, y: 10 }
const none = new Set<string>()

test('the highest wins, then the deepest, then the smallest', () => {
  const low = card('low', { depth: 9, width: 20, height: 20 })
  const high = card('high', { zIndex: 1 })
  expect(dropTargetAt([low, high], at, none)?.id).toBe('high')
  const deep = card('deep', { depth: 2 })
  const shallow = card('shallow', { depth: 1, width: 20, height: 20 })
  expect(dropTargetAt([shallow, deep], at, none)?.id).toBe('deep')
  const small = card('small', { width: 40, height: 40 })
  expect(dropTargetAt([small, card('large')], at, none)?.id).toBe('small')
})

test('only what is under the point, and never what is held', () => {
  expect(dropTargetAt([card('far', { x: 500 })], at, none)).toBeUndefined()
  expect(dropTargetAt([card('held')], at, new Set(['held']))).toBeUndefined()
  expect(dropTargetAt([card('edge', { x: -232, y: -76 })], { x: 0, y: 0 }, none)).toBeUndefined()
})
