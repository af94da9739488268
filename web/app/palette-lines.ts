import { type Command, chordsOf } from '#web/kernel/commands.ts'
import type { Chord } from '#web/kernel/keys.ts'
import type { PaletteSource } from '#web/kernel/palette-sources.ts'
import { bestFirst } from './palette-rank.ts'

/** One line of the palette, whatever it stands for. */
export type PaletteLine = {
  id: string
  title: string
  hint?: string
  keywords: readonly string[]
  chord?: Chord
  run: () => void
}

export type PaletteGroup = { heading: string; lines: readonly PaletteLine[] }

type Given = {
  query: string
  commands: readonly Command[]
  sources: readonly PaletteSource[]
  /** Ids of lines that were chosen before, the latest first. */
  recent: readonly string[]
}

/** What the palette offers: what was typed fits, the best first; before that what was chosen last, then all by its group. */
export function paletteGroups({ query, commands, sources, recent }: Given): readonly PaletteGroup[] {
  const found = sources.map((source) => ({ heading: source.group, lines: linesOf(source, query) }))
  const acts = commands.map((command) => ({ heading: command.group, lines: [asLine(command)] }))
  const all = byHeading([...found, ...acts])
  if (query.trim() !== '') return ranked(all, query)
  const lines = all.flatMap((group) => group.lines)
  const again = recent.flatMap((id) => lines.find((line) => line.id === id) ?? [])
  const rest = all.map((group) => ({ ...group, lines: group.lines.filter(({ id }) => !recent.includes(id)) }))
  return [{ heading: 'Recent', lines: again }, ...rest].filter((group) => group.lines.length > 0)
}

/** Groups by the best of their lines. */
function ranked(groups: readonly PaletteGroup[], query: string): PaletteGroup[] {
  const headings = new Map(groups.flatMap(({ heading, lines }) => lines.map((line) => [line.id, heading])))
  const best = bestFirst(
    groups.flatMap(({ lines }) => lines),
    query,
  ).map(({ line }) => line)
  const found = Map.groupBy(best, ({ id }) => headings.get(id) ?? '')
  return [...found].map(([heading, lines]) => ({ heading, lines }))
}

/** Places and commands of one name stand together: a heading is a group's name on the screen, so there is one of each. */
function byHeading(groups: readonly PaletteGroup[]): PaletteGroup[] {
  const headings = [...new Set(groups.map(({ heading }) => heading))]
  return headings.map((heading) => ({
    heading,
    lines: groups.flatMap((group) => (group.heading === heading ? group.lines : [])),
  }))
}

function linesOf(source: PaletteSource, query: string): PaletteLine[] {
  return source.search(query).map(({ id, title, hint, keywords = [], run }) => ({
    ...{ id: `${source.id} ${id}`, title, hint, keywords, run },
  }))
}

function asLine(command: Command): PaletteLine {
  const { id, title, group, run } = command
  const [chord] = chordsOf(command)
  return { id, title, keywords: [group], chord, run }
}
