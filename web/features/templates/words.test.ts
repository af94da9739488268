import { expect, test } from 'vitest'
import { countOf, planWords, timeLeft, whoNeeds } from './words.ts'

const line = { path: ['A'], role: '', runtime: 'native', model: 'rehearsal', tier: 2, writes: [] }

test('a plan is said in one line, without what there is none of', () => {
  const workspaces = [
    { ...line, action: 'create' as const },
    { ...line, action: 'keep' as const },
  ]
  expect(planWords({ workspaces })).toBe('Nothing has changed yet: 1 to create, 1 to keep.')
  expect(planWords({ workspaces: workspaces.slice(1) })).toMatch('has all of it already')
})

test('who needs a key is named up to three', () => {
  const key = { names: ['A'], isRequired: true }
  expect(whoNeeds({ ...key, users: 'all' })).toBe('Needed by every workspace')
  expect(whoNeeds({ ...key, users: ['Lead', 'Writer'] })).toBe('Needed by Lead, Writer')
  expect(whoNeeds({ ...key, isRequired: false, users: ['A', 'B', 'C', 'D'] })).toBe('Useful to A, B and 2 more')
})

test('what is left is said once it can be judged', () => {
  expect(timeLeft({ done: 0, total: 100, passedMs: 9_000 })).toBeUndefined()
  expect(timeLeft({ done: 100, total: 1_000, passedMs: 1_000 })).toBe('about 9 seconds left')
  expect(timeLeft({ done: 999, total: 1_000, passedMs: 9_000 })).toBe('about a second left')
  expect([countOf(1, 'key'), countOf(1_200, 'key')]).toEqual(['1 key', '1,200 keys'])
})
