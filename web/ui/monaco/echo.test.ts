import { expect, test } from 'vitest'
import { Echo } from './echo.ts'

test('a text that the editor told comes back as its own, even late', () => {
  const echo = new Echo()
  echo.tell('a')
  echo.tell('ab')
  expect(echo.isOwn('a')).toBe(true)
  expect(echo.isOwn('ab')).toBe(true)
})

test('a text from outside is news', () => {
  const echo = new Echo()
  echo.tell('a')
  expect(echo.isOwn('restored')).toBe(false)
})

test('a text older than one that came back is news again', () => {
  const echo = new Echo()
  echo.tell('a')
  echo.tell('ab')
  echo.isOwn('ab')
  expect(echo.isOwn('a')).toBe(false)
})

test('after news from outside, a text told before it is news too', () => {
  const echo = new Echo()
  echo.tell('typed')
  echo.isOwn('restored')
  expect(echo.isOwn('typed')).toBe(false)
})
