import { expect, it } from 'vitest'
import { maxFileChars } from '#shared/chat/limits.ts'
import { readAsText } from './read-as-text.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

it('reads what is text, whatever it is called', () => {
  expect(readAsText(bytes('größer\n\tthan'), 1_000)).toEqual({ text: 'größer\n\tthan', missing: null })
})

it('gives the name only of what is no text', () => {
  expect(readAsText(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0]), 1_000).text).toBeNull()
  expect(readAsText(bytes('a\0b'), 1_000).missing).toContain('no text')
})

it('says how much of a long text is given', () => {
  const long = readAsText(bytes('x'.repeat(maxFileChars + 5)), 1_000_000)
  expect(long.text).toHaveLength(maxFileChars)
  expect(long.missing).toBe('Of its 60,005 characters the model is given the first 60,000.')
  expect(readAsText(bytes('xxxx'), 3)).toEqual({
    text: 'xxx',
    missing: 'Of its 4 characters the model is given the first 3.',
  })
})
