import { expect, it } from 'vitest'
import { messageBox } from './unsent-messages.ts'

it('shows words that work ended before hearing, and no box where there are none', () => {
  expect(messageBox(true, '')).toBe('open')
  expect(messageBox(true, 'Also to the north')).toBe('open')
  expect(messageBox(false, 'Also to the north')).toBe('closed')
  expect(messageBox(false, '')).toBe('none')
})
