import { expect, it } from 'vitest'
import { createAsked } from './asked.ts'

it('ends a question with the place that shows it, whoever asked it', () => {
  const asked = createAsked<string | undefined>(undefined)
  const leave = asked.held()
  asked.ask('Move Research under Build?')
  expect(asked.now()).toBe('Move Research under Build?')
  leave()
  expect(asked.now()).toBeUndefined()
})
