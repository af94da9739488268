import { expect, test } from 'vitest'
import { createPositions } from './positions.ts'
import { readSourceMap } from './source-map.ts'

test('places in code that ran as it stood are the user’s own', () => {
  const { error, inText } = createPositions('snippet.js', null)
  expect(inText('at sandbox:///main.js:3:7 and sandbox:///body.js:6:1')).toBe('at snippet.js:3:7 and snippet.js:3:1')
  expect(error('Error', 'no', 'Error: no\n    at f (sandbox:///body.js:5:9)').at).toEqual({
    file: 'snippet.js',
    line: 2,
    column: 9,
  })
})

test('places in compiled code go through the source map', () => {
  // Line 1 comes from a.ts 1:1; line 2 column 3 from b.ts 11:5.
  const map = readSourceMap(['a.ts', 'b.ts'], 'AAAA;ECUI')
  expect(map.locate(1, 40)).toEqual({ file: 'a.ts', line: 1, column: 1 })
  expect(map.locate(2, 3)).toEqual({ file: 'b.ts', line: 11, column: 5 })
  expect(map.locate(9, 1)).toBeNull()
  expect(createPositions('a.ts', map).inText('sandbox:///main.js:2:8')).toBe('b.ts:11:5')
})

test('a name that only Node or a page has is explained, any other is left alone', () => {
  const { error } = createPositions('snippet.js', null)
  const explained = error('ReferenceError', '__dirname is not defined', 'ReferenceError: __dirname is not defined')
  expect(explained.message).toBe('__dirname is not available in this sandbox: it is a browser worker, not Node')
  expect(explained.stack).toContain('not available in this sandbox')
  expect(error('ReferenceError', 'mine is not defined', '').message).toBe('mine is not defined')
  expect(error('ReferenceError', 'constructor is not defined', '').message).toBe('constructor is not defined')
})
