import { expect, test } from 'vitest'
import type { Command } from '#web/kernel/commands.ts'
import type { PaletteSource } from '#web/kernel/palette-sources.ts'
import { paletteGroups } from './palette-lines.ts'
import { withChoice } from './recent-choices.ts'

const run = () => undefined
const commands: Command[] = [
  { id: 'graph.fit', title: 'Fit the whole org', group: 'Graph', keys: 'F', run },
  { id: 'org.stop', title: 'Stop all', group: 'Organisation', run },
  { id: 'workspace.new', title: 'New workspace', group: 'Workspaces', run },
]
const places = ['Lead', 'Analyst']
const sources: PaletteSource[] = [
  {
    id: 'workspaces',
    group: 'Workspaces',
    search: (query) => places.filter((name) => name.includes(query)).map((name) => ({ id: name, title: name, run })),
  },
]
const shown = (query: string, recent: string[]) =>
  paletteGroups({ query, commands, sources, recent }).map(({ heading, lines }) => [
    heading,
    ...lines.map(({ id }) => id),
  ])

test('before anything is typed, what was chosen last stands first, and once', () => {
  expect(shown('', ['org.stop', 'workspaces Analyst', 'gone.since'])).toEqual([
    ['Recent', 'org.stop', 'workspaces Analyst'],
    ['Workspaces', 'workspaces Lead', 'workspace.new'],
    ['Graph', 'graph.fit'],
  ])
})

test('with nothing chosen yet there is no such group, and no heading twice', () => {
  expect(shown('', []).map(([heading]) => heading)).toEqual(['Workspaces', 'Graph', 'Organisation'])
})

test('once something is typed, what fits stands in its own group, the best one first', () => {
  expect(shown('Ana', ['org.stop'])).toEqual([['Workspaces', 'workspaces Analyst']])
  expect(shown('o', [])).toEqual([
    ['Graph', 'graph.fit'],
    ['Workspaces', 'workspace.new'],
    ['Organisation', 'org.stop'],
  ])
})

test('the latest choice comes first and the oldest goes', () => {
  expect(withChoice(['a', 'b', 'c', 'd', 'e', 'f'], 'g')).toEqual(['g', 'a', 'b', 'c', 'd', 'e'])
  expect(withChoice(['a', 'b'], 'b')).toEqual(['b', 'a'])
})
