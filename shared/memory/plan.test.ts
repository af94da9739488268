import { expect, test } from 'vitest'
import { editPlan, isProblem, makePlan, type Plan, type PlanProblem, progressOf } from './plan.ts'

function good(result: Plan | PlanProblem): Plan {
  if (isProblem(result)) throw new Error(`refused: ${JSON.stringify(result)}`)
  return result
}

const first = good(
  makePlan([{ title: 'Read', items: [{ title: 'A' }, { title: 'B', state: 'done' }] }, { title: 'Write' }]),
)

test('items are numbered in reading order and begin as to do', () => {
  expect(first).toEqual({
    nextId: 5,
    items: [
      {
        id: 1,
        title: 'Read',
        state: 'todo',
        items: [
          { id: 2, title: 'A', state: 'todo', items: [] },
          { id: 3, title: 'B', state: 'done', items: [] },
        ],
      },
      { id: 4, title: 'Write', state: 'todo', items: [] },
    ],
  })
})

test('an edit changes and adds, and numbers go on', () => {
  const edited = good(
    editPlan(first, {
      changes: [
        { id: 2, state: 'dropped' },
        { id: 4, state: 'doing', title: 'Write it up' },
      ],
      additions: [{ under: 4, item: { title: 'Outline' } }, { item: { title: 'Send' } }],
    }),
  )
  expect(edited.nextId).toBe(7)
  expect(edited.items[1]).toEqual({
    id: 4,
    title: 'Write it up',
    state: 'doing',
    items: [{ id: 5, title: 'Outline', state: 'todo', items: [] }],
  })
  expect(edited.items[2]?.id).toBe(6)
  expect(progressOf(edited.items)).toEqual({ done: 1, of: 5 })
})

test('an item that is not there refuses the whole edit', () => {
  expect(editPlan(first, { changes: [{ id: 2, state: 'done' }, { id: 9 }], additions: [] })).toEqual({ unknown: 9 })
})

test('a plan has a size and a depth', () => {
  expect(makePlan(Array.from({ length: 201 }, () => ({ title: 'x' })))).toBe('too-many')
  const deep = {
    title: '1',
    items: [{ title: '2', items: [{ title: '3', items: [{ title: '4', items: [{ title: '5' }] }] }] }],
  }
  expect(isProblem(makePlan([deep]))).toBe(false)
  expect(makePlan([{ title: '0', items: [deep] }])).toBe('too-deep')
})
