import { expect, test } from 'vitest'
import type { Command } from '#web/kernel/commands.ts'
import { shortcutGroups } from './shortcut-list.ts'

const run = () => undefined
const commands: Command[] = [
  { id: 'graph.fit', title: 'Fit the whole org', group: 'Graph', keys: 'F', scope: 'graph', run },
  { id: 'app.palette', title: 'Find a command', group: 'Help', keys: 'Mod+K', run },
  { id: 'org.stop', title: 'Stop all', group: 'Organisation', run },
]
const fixed = [{ id: 'walk', title: 'Walk over the chart', scope: 'graph' as const, keys: ['ArrowUp'] }]

const shown = (query: string, scope: 'all' | 'page' | 'graph' = 'all') =>
  shortcutGroups({ commands, fixed, query, scope, isMac: false }).map(({ heading, shortcuts }) => [
    heading,
    ...shortcuts.map(({ id }) => id),
  ])

test('all that has keys is listed by group, and what has none is not', () => {
  expect(shown('')).toEqual([
    ['Graph', 'graph.fit'],
    ['Help', 'app.palette'],
    ['Moving about', 'walk'],
  ])
})

test('it is found by words of the title, by its group and by the keys themselves', () => {
  expect(shown('whole fit')).toEqual([['Graph', 'graph.fit']])
  expect(shown('help')).toEqual([['Help', 'app.palette']])
  expect(shown('ctrl+k')).toEqual([['Help', 'app.palette']])
  expect(shown('nothing such')).toEqual([])
})

test('one scope shows what is heard there', () => {
  expect(shown('', 'graph').flat()).toEqual(['Graph', 'graph.fit', 'Moving about', 'walk'])
  expect(shown('', 'page').flat()).toEqual(['Help', 'app.palette'])
})
