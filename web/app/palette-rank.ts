import { defaultFilter } from 'cmdk'

/** How well a line fits, from 0 to 1: all words in any order come before letters that only stand in this order. */
export function paletteRank(value: string, query: string, keywords: readonly string[] = []): number {
  const said = keywords.join(' ').toLowerCase()
  const words = query.toLowerCase().split(/\s+/)
  const likeness = defaultFilter(value, query, [...keywords]) / 2
  return words.every((word) => said.includes(word)) ? 0.5 + likeness : likeness
}
