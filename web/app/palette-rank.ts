import { defaultFilter } from 'cmdk'

type Ranked = { title: string; hint?: string; keywords: readonly string[] }

/** How well a line fits, from 0 to 1: from 0.5 on it holds all the words, in any order; below, only their letters in a row. */
export function paletteRank({ title, hint = '', keywords }: Ranked, query: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const name = title.toLowerCase()
  const said = [name, hint, ...keywords].join(' ').toLowerCase()
  if (!words.every((word) => said.includes(word))) return defaultFilter(title, query) * 0.4
  const inName = words.every((word) => name.includes(word)) ? 0.15 : 0
  const begins = words.every((word) => ` ${name}`.includes(` ${word}`)) ? 0.15 : 0
  return 0.5 + inName + begins + (name.startsWith(words.join(' ')) ? 0.15 : 0)
}

/** The best first; what has only the letters is offered where nothing has the words. */
export function bestFirst<Line extends Ranked>(lines: readonly Line[], query: string): { line: Line; rank: number }[] {
  const ranked = lines.map((line) => ({ line, rank: paletteRank(line, query) }))
  const least = ranked.some(({ rank }) => rank >= 0.5) ? 0.5 : 0.001
  return ranked.filter(({ rank }) => rank >= least).toSorted((a, b) => b.rank - a.rank)
}
