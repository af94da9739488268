import { expect, test } from 'vitest'
import { argsOf } from './require-args.ts'

const tool = {
  name: 'remember',
  inputSchema: {
    required: ['text', 'importance'],
    properties: { text: { type: 'string', description: 'What to keep.' }, importance: { type: 'integer' } },
  },
}
const call = (args: string) => ({ id: 'c', name: 'remember', args })

test.each(['{}', '', '  ', 'null', '[]'])('a call with %j is told what it lacks', (args) => {
  expect(() => argsOf(tool, call(args))).toThrow(
    'remember was called without arguments. It needs text (string: What to keep.), importance (integer).',
  )
})

test('what has arguments, or needs none, is left to the tool', () => {
  expect(argsOf(tool, call('{"text":"a"}'))).toEqual({ text: 'a' })
  expect(argsOf({ name: 'list_peers', inputSchema: { type: 'object' } }, call(''))).toEqual({})
})
