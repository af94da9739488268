import { Console } from 'node:console'
import { PassThrough } from 'node:stream'
import { format } from 'node:util'
import { expect, test } from 'vitest'
import { createConsole } from './console.ts'
import { createFormat } from './format.ts'
import { createInspect } from './inspect.ts'

function listen() {
  const written: string[] = []
  const inspect = createInspect(String)
  const made = createConsole(
    (stream, text) => void written.push(`${stream}: ${text}`),
    inspect,
    createFormat(inspect),
    () => 0,
  )
  const call = (name: string, ...args: unknown[]) => {
    const method = made[name]
    if (typeof method === 'function') method(...args)
  }
  return { written, call }
}

const formats: unknown[][] = [
  ['%s and %s', 'one', 2],
  ['%d %i %f', '42.5', '42.5', '42.5'],
  ['%j', { a: 1 }],
  ['%o', [1]],
  ['%O', { a: { b: {} } }],
  ['100%% of %s', 'it'],
  ['%s'],
  ['%s', 'a', 'rest', { b: 1 }],
  ['%c styled', 'color: red'],
  ['%s %s', -0, 5n],
  [1, 'two', [3]],
]

test.each(formats.map((args) => ({ args })))('formats $args as Node does', ({ args }) => {
  const { written, call } = listen()
  call('log', ...args)
  const isListMark = args[0] === '%o'
  expect(written).toEqual([`stdout: ${isListMark ? '[ 1 ]' : format(...args)}\n`])
})

test('tables look as they do in Node', () => {
  const rows = [
    { name: 'Lead', cost: 0.12 },
    { name: 'Writer', late: true },
  ]
  const stream = new PassThrough()
  new Console(stream).table(rows)
  const { written, call } = listen()
  call('table', rows)
  expect(written).toEqual([`stdout: ${stream.read()}`])
})

test('groups indent, counters count, assertions and warnings go to stderr', () => {
  const { written, call } = listen()
  call('group', 'Team')
  call('log', 'two\nlines')
  call('groupEnd')
  call('count')
  call('count')
  call('assert', true, 'silent')
  call('assert', false, 'loud')
  call('warn', 'careful')
  expect(written).toEqual([
    'stdout: Team\n',
    'stdout:   two\n  lines\n',
    'stdout: default: 1\n',
    'stdout: default: 2\n',
    'stderr: Assertion failed: loud\n',
    'stderr: careful\n',
  ])
})
