import { inspect as nodeInspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createInspect } from './inspect.ts'

const inspect = createInspect((stack) => stack)

class Point {
  x = 1
  y = 2
}
class Empty {}
class Tagged {
  get [Symbol.toStringTag]() {
    return 'Label'
  }
}

const circular: Record<string, unknown> = { name: 'loop' }
circular.self = circular
circular.list = [circular]

const shown: Record<string, unknown> = {
  'a plain object': { a: 1, 'needs-quotes': 'x', [Symbol('s')]: true },
  'nested beyond the depth': { a: { b: { c: { d: 1 } } }, list: [[[[1]]]] },
  'an empty object, list, map and set': [{}, [], new Map(), new Set()],
  'null, undefined, minus zero and a bigint': [null, undefined, -0, 10n, Number.NaN, true],
  'a list with holes': Object.assign([], { 0: 1, 3: 4 }),
  'a list with extra keys': Object.assign([1, 2], { extra: 'x' }),
  'a long list of numbers': Array.from({ length: 120 }, (_, index) => index * 7),
  'a long list of words': Array.from({ length: 30 }, (_, index) => `word-${'x'.repeat(index % 7)}`),
  'a map of objects': new Map<unknown, unknown>([
    ['one', { a: 1 }],
    [{ key: 1 }, new Set([1, 2])],
  ]),
  'a class instance': new Point(),
  'an instance without fields': new Empty(),
  'an instance with a tag': new Tagged(),
  'no prototype': Object.assign(Object.create(null), { a: 1 }),
  functions: [function named() {}, () => 1, class Shape {}, class Square extends Point {}, async () => 1],
  'a function with fields': Object.assign(function withFields() {}, { a: 1 }),
  accessors: {
    get a() {
      throw new Error('must not run')
    },
    set b(_value: number) {},
  },
  'a circle': circular,
  dates: [new Date(0), new Date(Number.NaN)],
  'a regexp and symbols': [/a+b/gi, Symbol('tag'), Symbol.iterator],
  'typed arrays': [new Uint8Array([1, 2, 3]), new Float64Array(2)],
  'boxed values': [Object('text'), Object(1), Object(false)],
  'strings with quotes': [
    "it's",
    `"both" and 'single'`,
    'new\nline',
    'tab\t',
    '\u0001',
    'back\\slash',
    `${'$'}{x}\`"'`,
  ],
  'a wide object': Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`property${index}`, `value ${index}`])),
  'weak collections': [new WeakMap(), new WeakSet()],
  'a deep but short object': { a: { b: { c: {} } } },
  'objects in a list': [
    { id: 1, name: 'Researcher', tags: ['a', 'b'], at: { x: 1, y: 2 } },
    { id: 2, name: 'Writer', tags: [], at: { x: 3, y: 4 } },
  ],
}

describe('values are written as Node writes them', () => {
  test.each(Object.keys(shown))('%s', (name) => {
    expect(inspect(shown[name])).toBe(nodeInspect(shown[name]))
  })

  test('an error with a cause and fields', () => {
    const cause = Object.assign(new Error('root'), { stack: 'Error: root\n    at deep (a.ts:1:1)' })
    const stack = 'RangeError: too far\n    at outer (b.ts:2:2)'
    const error = Object.assign(new RangeError('too far', { cause }), { code: 'E_FAR', stack })
    expect(inspect(error)).toBe(nodeInspect(error))
    expect(inspect({ error })).toBe(nodeInspect({ error }))
  })
})

test('a value that throws when it is looked at is shown as such', () => {
  const hostile = new Proxy(
    {},
    {
      ownKeys() {
        throw new Error('no keys for you')
      },
    },
  )
  expect(inspect(hostile)).toBe('<this value cannot be shown: no keys for you>')
})
