import { expect, test } from 'vitest'
import { readAmount, readLimits, suggestRaise, writeAmount, writeLimits } from './amounts.ts'

test('dollars are read as whole micro-dollars, the rest as whole numbers', () => {
  expect(readAmount('money', '$0.50')).toBe(500_000)
  expect(readAmount('money', '1,250.000001')).toBe(1_250_000_001)
  expect(readAmount('tokens', '12,000')).toBe(12_000)
  for (const text of ['', '-1', 'ten', '1e3', '.5', '1.2.3']) expect(readAmount('money', text), text).toBeUndefined()
  expect(readAmount('steps', '1.5')).toBeUndefined()
})

test('what a field shows is read back as it was', () => {
  for (const micros of [0, 1, 500_000, 1_234_567, 10_000_000]) {
    expect(readAmount('money', writeAmount('money', micros))).toBe(micros)
  }
  expect(writeAmount('money', 500_000)).toBe('0.50')
  expect(writeAmount('money', 1)).toBe('0.000001')
})

test('empty fields limit nothing, wrong ones are named', () => {
  const texts = { ...writeLimits(undefined), money: '5', steps: 'many' }
  expect(readLimits(texts)).toEqual({
    limits: { money: 5_000_000, tokens: null, steps: null, seconds: null, toolCalls: null },
    wrong: ['steps'],
  })
})

test('a raise doubles, or gives what is missing', () => {
  expect(suggestRaise(100, 20)).toBe(200)
  expect(suggestRaise(0, 20)).toBe(20)
})
