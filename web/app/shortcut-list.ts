import { type Command, type CommandScope, chordsOf, scopeOf } from '#web/kernel/commands.ts'
import { type Chord, keyCaps } from '#web/kernel/keys.ts'
import type { FixedKeys } from './fixed-keys.ts'

export type Shortcut = { id: string; title: string; chords: readonly Chord[]; scope: CommandScope }
export type ShortcutGroup = { heading: string; shortcuts: readonly Shortcut[] }

export const scopeWords: Readonly<Record<CommandScope, string>> = {
  page: 'Anywhere',
  graph: 'On the graph',
  editor: 'In the editor',
}

type Given = {
  commands: readonly Command[]
  fixed: readonly FixedKeys[]
  query: string
  scope: CommandScope | 'all'
  isMac: boolean
}

/** All keys that do something here, by group; a query looks in titles, groups and the key caps themselves. */
export function shortcutGroups({ commands, fixed, query, scope, isMac }: Given): readonly ShortcutGroup[] {
  const all = [
    ...commands
      .filter(({ keys }) => keys !== undefined)
      .map((command) => ({ ...asShortcut(command), heading: command.group })),
    ...fixed.map((one) => ({ ...asShortcut(one), heading: 'Moving about' })),
  ]
  const wanted = all.filter(
    (one) => (scope === 'all' || one.scope === scope) && matches(one, one.heading, query, isMac),
  )
  const headings = [...new Set(wanted.map(({ heading }) => heading))]
  return headings.map((heading) => ({ heading, shortcuts: wanted.filter((one) => one.heading === heading) }))
}

function asShortcut(one: Pick<Command, 'id' | 'title' | 'keys' | 'scope'>): Shortcut {
  return { id: one.id, title: one.title, chords: chordsOf(one), scope: scopeOf(one) }
}

function matches(one: Shortcut, heading: string, query: string, isMac: boolean): boolean {
  const caps = one.chords.map((chord) => keyCaps(chord, isMac).join('+'))
  const said = [one.title, heading, scopeWords[one.scope], ...caps].join(' ').toLowerCase()
  const words = query.toLowerCase().split(/\s+/)
  return words.every((word) => said.includes(word))
}
