import type { Stretch } from '../../../ui/code-help.ts'
import type { Neighbour, Surroundings } from './surroundings.ts'

export type Named = Stretch & { workspace: Neighbour }

/** Where the text names a workspace of the organisation, whole words only; of overlapping names the longest. */
export function findNames(text: string, { workspaces }: Pick<Surroundings, 'workspaces'>): Named[] {
  const byName = new Map(workspaces.map((workspace) => [workspace.name, workspace]))
  const names = [...byName.keys()].filter((name) => name.trim() !== '').toSorted((a, b) => b.length - a.length)
  if (names.length === 0) return []
  const any = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${names.map(escaped).join('|')})(?![\\p{L}\\p{N}_])`, 'gu')
  return [...text.matchAll(any)].flatMap((match) => {
    const workspace = byName.get(match[0])
    return workspace ? [{ start: match.index, end: match.index + match[0].length, workspace }] : []
  })
}

/** Names also are ordinary words; one is meant as a workspace where it is marked or stands after a word of contact. */
export function isAddressed(text: string, { start, end }: Stretch): boolean {
  const before = text.slice(Math.max(0, start - 40), start)
  const after = text.slice(end, end + 2)
  if (/@$/.test(before)) return true
  if (/[`"“*]$/.test(before) && /^[`"”*]/.test(after)) return true
  return contact.test(before)
}

const contact =
  /\b(?:ask|asks|tell|tells|message|consult|delegate(?:s|d)?(?: \w+)? to|hand(?:s|ed)?(?: \w+)? (?:over )?to|pass(?: \w+)? to|send(?: \w+)? to|give(?: \w+)? to|report to|forward(?: \w+)? to)\s+(?:the\s+)?[`"“*@]{0,2}$/i

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
