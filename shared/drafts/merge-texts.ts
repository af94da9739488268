import { matchLines } from './match-lines.ts'

/** Replaces the characters from `start` to `end` of a text. */
export type TextEdit = { start: number; end: number; text: string }

/** `clean`: what to change in mine so that it holds what both did, last edit first. */
export type Merge = { kind: 'clean'; edits: TextEdit[] } | { kind: 'conflict' }

/** Three-way merge by lines: what one side changed is taken, what both changed differently is for a person to decide. */
export function mergeTexts(base: string, mine: string, theirs: string): Merge {
  const [baseLines, mineLines, theirLines] = [linesOf(base), linesOf(mine), linesOf(theirs)]
  const inMine = matchLines(baseLines, mineLines)
  const inTheirs = matchLines(baseLines, theirLines)
  const offsets = offsetsOf(mineLines)
  const edits: TextEdit[] = []
  let [b, m, t] = [0, 0, 0]
  for (;;) {
    let next = b
    while (next < baseLines.length && (inMine[next] === undefined || inTheirs[next] === undefined)) next += 1
    const mineEnd = inMine[next] ?? mineLines.length
    const theirEnd = inTheirs[next] ?? theirLines.length
    const [was, isMine, isTheirs] = [
      baseLines.slice(b, next).join(''),
      mineLines.slice(m, mineEnd).join(''),
      theirLines.slice(t, theirEnd).join(''),
    ]
    if (isTheirs !== was && isTheirs !== isMine) {
      if (isMine !== was) return { kind: 'conflict' }
      edits.unshift({ start: offsets[m] ?? 0, end: offsets[mineEnd] ?? 0, text: isTheirs })
    }
    if (next >= baseLines.length) return { kind: 'clean', edits }
    ;[b, m, t] = [next + 1, mineEnd + 1, theirEnd + 1]
  }
}

/** The text after the edits, which come last one first. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  return edits.reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text)
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** Where each line begins, and where the last one ends. */
function offsetsOf(lines: readonly string[]): number[] {
  const offsets = [0]
  for (const line of lines) offsets.push((offsets.at(-1) ?? 0) + line.length)
  return offsets
}
