import { describe, expect, test } from 'vitest'
import { maxYamlBytes, parseYaml } from './yaml.ts'

const dataIn = (text: string) => {
  const parsed = parseYaml(text)
  return parsed.ok ? parsed.value : parsed.problems
}
const problemsOf = (text: string) => {
  const parsed = parseYaml(text)
  return parsed.ok ? [] : parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`)
}

describe('what is plain data', () => {
  test('is given as it is, with aliases followed', () => {
    const text = 'name: Ana\nlist: &all [1, 0x1f, 2.5, true, ~]\nsame: *all\ntext: |\n  two\n  lines\nyes: no\n'
    expect(dataIn(text)).toEqual({
      name: 'Ana',
      list: [1, 31, 2.5, true, null],
      same: [1, 31, 2.5, true, null],
      text: 'two\nlines\n',
      yes: 'no',
    })
  })

  test.each(['', '# only a remark\n', '---\n'])('an empty text is null: %j', (text) => {
    expect(dataIn(text)).toBeNull()
  })

  test('keys that objects of JavaScript have by birth are fields like others', () => {
    const value = dataIn('constructor: 1\ntoString: 2\nhasOwnProperty: 3\n')
    expect(Object.entries(value ?? {})).toEqual([
      ['constructor', 1],
      ['toString', 2],
      ['hasOwnProperty', 3],
    ])
  })

  test('the place of a field, or of what is nearest, can be asked', () => {
    const parsed = parseYaml('a: 1\nb:\n  - x\n  - c: wrong\n')
    if (!parsed.ok) throw new Error('does not parse')
    expect(parsed.placeOf(['b', 1, 'c'])).toEqual({ line: 4, column: 8 })
    expect(parsed.placeOf(['b', 1, 'missing', 'deeper'])).toEqual({ line: 4, column: 5 })
    expect(parsed.placeOf(['missing'])).toEqual({ line: 1, column: 1 })
  })
})

describe('what is refused, with its place', () => {
  test.each([
    [
      'a: !!js/function "function () {}"',
      '1:4 The tag !!js/function is not known here. Put the text in quotes if it is meant as text.',
    ],
    ['a: 1\nb: !plugin x', '2:4 The tag !plugin is not known here. Put the text in quotes if it is meant as text.'],
    ['a: !!binary aGk=', '1:4 The tag !!binary is not known here. Put the text in quotes if it is meant as text.'],
    [
      '%YAML 1.1\n---\na: !!set {b}',
      '3:4 The tag !!set is not known here. Put the text in quotes if it is meant as text.',
    ],
    ['a: 1\nb: 2\na: 3', '3:1 The key "a" is there twice.'],
    ['x:\n  __proto__: {admin: true}', '2:3 Use another name than __proto__.'],
    ['"__pro\\x74o__": 1', '1:1 Use another name than __proto__.'],
    ['a: *nowhere', '1:4 There is no anchor &nowhere above this alias.'],
    ['a: &a [1, *a]', '1:11 The alias *a stands inside what it repeats.'],
    ['a: "x\\0y"', '1:4 Use neither NUL nor half of a surrogate pair.'],
    ['a: "\\uD800"', '1:4 Use neither NUL nor half of a surrogate pair.'],
    ['a: "open', '1:9 Missing closing "quote.'],
    ['a: b: c', '1:4 Nested mappings are not allowed in compact mappings.'],
  ])('%j', (text, first) => {
    expect(problemsOf(text)[0]).toBe(first)
  })

  test('all problems are told, in order of their place', () => {
    expect(problemsOf('a: 1\na: 2\nb: *x\n')).toEqual([
      '2:1 The key "a" is there twice.',
      '3:4 There is no anchor &x above this alias.',
    ])
  })

  test('several documents', () => {
    expect(problemsOf('a: 1\n---\nb: 2\n')).toEqual(['2:1 Write one document only; the line of dashes begins another.'])
  })
})

describe('bombs end early', () => {
  test('aliases that multiply', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
    for (let n = 1; n < 10; n++)
      lines.push(
        `a${n}: &a${n} [${Array(9)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
      )
    expect(problemsOf(lines.join('\n'))).toEqual([expect.stringContaining('Use at most 100 aliases')])
  })

  test('a few aliases of much', () => {
    const text = `a: &a [${'x, '.repeat(20_000)}]\nb: [${'*a, '.repeat(50)}]`
    expect(problemsOf(text)).toEqual([expect.stringContaining('Use at most 100000 values')])
  })

  test.each([
    ['lists', `${'['.repeat(65)}${']'.repeat(65)}`],
    ['mappings', Array.from({ length: 66 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['far too many lists', '['.repeat(20_000)],
  ])('deep nests of %s', (_, text) => {
    expect(problemsOf(text).some((problem) => problem.endsWith('Nest at most 64 levels deep.'))).toBe(true)
  })

  test('64 levels are allowed', () => {
    expect(problemsOf(`${'['.repeat(64)}${']'.repeat(64)}`)).toEqual([])
  })

  test('more bytes than allowed', () => {
    expect(problemsOf(`a: ${'é'.repeat(maxYamlBytes / 2)}`)).toEqual(['1:1 Use at most 1048576 bytes of YAML.'])
  })

  test('twenty thousand keys are compared in no time', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `k${index}: ${index}`).join('\n')
    expect(Object.keys(dataIn(text) ?? {})).toHaveLength(20_000)
  })
})
