import { createHash } from 'node:crypto'
import {
  type ExportEnd,
  ExportEntry,
  type ExportHead,
  firstPrev,
  parseLine,
  sealed,
} from '#shared/audit/export-line.ts'
import { linesOf } from '../../kernel/lines.ts'

/** `headHash` stands for the whole file: who noted it down knows that nothing was changed since. */
export type Verdict =
  | { isWhole: true; headHash: string; head: ExportHead; end: ExportEnd; lines: number }
  | { isWhole: false; line: number; problem: string }

const maxLineChars = 1024 * 1024

/** Reads an exported log and says whether it is as it was written, or which line is the first that is not. */
export async function verifyExport(file: AsyncIterable<Uint8Array>): Promise<Verdict> {
  let prev = firstPrev
  let line = 0
  let head: ExportHead | undefined
  let end: ExportEnd | undefined
  const seen = { events: 0, toolCalls: 0, firstSeq: null as number | null, lastSeq: null as number | null }
  for await (const text of linesOf(file, maxLineChars)) {
    line++
    const broken = (problem: string): Verdict => ({ isWhole: false, line, problem })
    if (end) return broken('It follows the end.')
    const parts = parseLine(text)
    if (!parts) return broken('It is no line of an exported log.')
    if (parts.prev !== prev) return broken('It does not follow the line before: one was taken out, put in or moved.')
    if (createHash('sha256').update(sealed(prev, parts.entry)).digest('hex') !== parts.sha256) {
      return broken('It was changed: its hash does not fit.')
    }
    prev = parts.sha256
    const entry = readEntry(parts.entry)
    if (!entry || (entry.kind === 'head') !== (line === 1)) return broken('It is no line that belongs here.')
    if (entry.kind === 'head') head = entry
    if (entry.kind === 'end') end = entry
    if (entry.kind !== 'event') continue
    if (seen.lastSeq !== null && entry.seq <= seen.lastSeq) return broken('It is out of order.')
    seen.events++
    if (entry.call) seen.toolCalls++
    seen.firstSeq ??= entry.seq
    seen.lastSeq = entry.seq
  }
  const cut = { isWhole: false, line, problem: 'Its end is missing: the file was cut off.' } as const
  if (!head || !end) return cut
  const isCounted =
    end.events === seen.events &&
    end.toolCalls === seen.toolCalls &&
    end.firstSeq === seen.firstSeq &&
    end.lastSeq === seen.lastSeq
  if (!isCounted) return { isWhole: false, line, problem: 'Its counts do not fit what came before.' }
  return { isWhole: true, headHash: prev, head, end, lines: line }
}

function readEntry(text: string) {
  try {
    return ExportEntry.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
