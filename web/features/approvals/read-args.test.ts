import { expect, test } from 'vitest'
import { readArgs } from './read-args.ts'

test('arguments are read, and stay text where they are no JSON', () => {
  expect(readArgs('{"a":{"b":1}}')).toEqual({ a: { b: 1 } })
  expect(readArgs('plain words')).toBe('plain words')
  expect(readArgs('{"a":1,"b"')).toBe('{"a":1,"b"')
})

test('of arguments that were cut all there is is read, wherever the cut fell', () => {
  const whole = '{"language":"python","code":"print(\\"ä \\\\ \\u00e9\\")\\nend","more":["x",{"y":"z"}]}'
  const code = 'print("ä \\ é")\nend'
  for (let cut = whole.indexOf('print'); cut < whole.indexOf('","more"'); cut++) {
    const read = readArgs(whole.slice(0, cut))
    expect(read).toMatchObject({ language: 'python' })
    expect(code.startsWith(Object(read).code)).toBe(true)
  }
  expect(readArgs('{"to":"Ann","amount":10')).toBe('{"to":"Ann","amount":10')
  expect(readArgs(whole.slice(0, -4))).toEqual({ language: 'python', code, more: ['x', { y: 'z' }] })
})
