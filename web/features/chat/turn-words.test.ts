import { expect, it } from 'vitest'
import { doesNow, earlierWords } from './turn-words.ts'

it('says what running work does', () => {
  const open = (kind: 'model' | 'tool', name: string) => ({ step: 1, kind, state: 'running' as const, name })
  expect(doesNow([])).toBe('Running')
  expect(doesNow([open('model', 'rehearsal')])).toBe('Writing')
  expect(doesNow([open('tool', 'recall'), open('tool', 'recall'), open('tool', 'run_code')])).toBe(
    'Calls recall, run_code',
  )
})

it('says where the model did not see all of a conversation', () => {
  expect(earlierWords({ given: 3, leftOut: 0 })).toBeUndefined()
  expect(earlierWords({ given: 20, leftOut: 1 })).toBe(
    'The first turn of this conversation was left out; the model was given the last 20.',
  )
})
