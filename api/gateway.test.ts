import { expect, test } from 'vitest'
import { allowedTools } from '#shared/workspaces/allowed-tools.ts'
import { engineTools } from './gateway.ts'

const names = engineTools.map(({ name }) => name)
const namesWhere = (has: (hints: (typeof engineTools)[number]['hints']) => boolean | undefined) =>
  engineTools.filter(({ hints }) => has(hints)).map(({ name }) => name)

test('no two tools share a name', () => {
  expect(new Set(names).size).toBe(names.length)
})

test('a tool that reaches beyond this server must be named by a config, and no other', () => {
  const given = allowedTools(names, undefined)
  expect(names.filter((name) => !given.includes(name))).toEqual(namesWhere((hints) => hints.openWorld))
})

test('what coordinates work is there whatever a config lists', () => {
  expect(allowedTools(names, [])).toEqual(expect.arrayContaining(namesWhere((hints) => hints.coordinates)))
})

test('what only reads takes nothing away', () => {
  expect(namesWhere((hints) => hints.readOnly && hints.destructive)).toEqual([])
})
