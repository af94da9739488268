/** Code between two fences of a Markdown text. Lines count from 1. */
export type FencedBlock = {
  /** The first word after the opening fence: ts, python, … or nothing. */
  language: string
  /** What stands between, without what the fence itself is set in by. */
  code: string
  /** The line of the opening fence. */
  from: number
  /** The line of the closing fence, or the last of the text where none closes it. */
  to: number
}

type Fence = { indent: number; mark: string; language: string }

/** Fences as in CommonMark (https://spec.commonmark.org/0.31.2/#fenced-code-blocks), however deep a list sets them in. */
export function fencedBlocks(text: string): FencedBlock[] {
  const lines = text.split(/\r\n?|\n/)
  const blocks: FencedBlock[] = []
  for (let at = 0; at < lines.length; at++) {
    const fence = openingFence(lines[at] ?? '')
    if (!fence) continue
    let end = at + 1
    while (end < lines.length && !closes(lines[end] ?? '', fence)) end += 1
    const code = lines.slice(at + 1, end).map((line) => setOut(line, fence.indent))
    blocks.push({ language: fence.language, code: code.join('\n'), from: at + 1, to: Math.min(end + 1, lines.length) })
    at = end
  }
  return blocks
}

/** The block a line belongs to; its fences do too. */
export function fencedBlockAt(text: string, line: number): FencedBlock | undefined {
  return fencedBlocks(text).find(({ from, to }) => from <= line && line <= to)
}

/** A fence may begin an item of a list. After backticks no other may follow: then it is code within a line. */
function openingFence(line: string): Fence | undefined {
  const found = /^([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?:(`{3,})([^`]*)|(~{3,})(.*))$/.exec(line)
  if (!found) return undefined
  const [, before = '', ticks, afterTicks, tildes, afterTildes] = found
  const language = /^[^\s{,:]*/.exec((afterTicks ?? afterTildes ?? '').trim())?.[0] ?? ''
  return { indent: before.length, mark: ticks ?? tildes ?? '', language }
}

/** At least as long, of the same sign, with nothing after it, and not set in by four more: that would be code. */
function closes(line: string, { indent, mark }: Fence): boolean {
  const [, before = '', fence = ''] = /^([ \t]*)(`{3,}|~{3,})[ \t]*$/.exec(line) ?? []
  return fence.startsWith(mark) && before.length < indent + 4
}

function setOut(line: string, indent: number): string {
  const blank = /^[ \t]*/.exec(line)?.[0].length ?? 0
  return line.slice(Math.min(blank, indent))
}
