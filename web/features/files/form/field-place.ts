import { isNode, isScalar, type Pair, Scalar } from 'yaml'
import type { ReadConfig } from '../help/read-config.ts'

/** One field of the text taken apart; `put` together again it is the same, byte for byte. */
export type Place = {
  start: number
  end: number
  /** The spaces before the key. */
  margin: string
  /** The key, its colon, the anchor and the tag of its value. */
  head: string
  gap: string
  /** What of the value stands on the line of the key; empty where it stands below, or where there is none. */
  inline: string
  /** Behind it, with the spaces before. */
  comment: string
  /** The lines below that belong to the field: its value, and comments further in than the key. */
  lines: readonly string[]
  /** Of these the ones below the value. */
  loose: readonly string[]
}

export function pairOf({ fields }: ReadConfig, name: string): Pair<unknown, unknown> | undefined {
  return fields?.items.find(({ key }) => isScalar(key) && key.value === name)
}

/** Where a field stands; undefined where it is not there, or is not written as `key: value` with a line of its own. */
export function placeOf(config: ReadConfig, name: string): Place | undefined {
  const { text } = config
  const pair = pairOf(config, name)
  const [keyStart, keyEnd] = rangeOf(pair?.key) ?? []
  if (!pair || keyStart === undefined || keyEnd === undefined || config.fields?.flow) return undefined
  const start = lineStart(text, keyStart)
  const margin = text.slice(start, keyStart)
  if (margin !== indentOf(margin)) return undefined
  const end = endOf(config, pair, start)
  const behindKey = text.indexOf(':', keyEnd) + 1
  const key = text.slice(keyStart, behindKey)
  const [first, last] = rangeOf(pair.value) ?? [behindKey, behindKey]
  const isBelow = first < last && text.slice(behindKey, first).includes('\n')
  const parts =
    isBelow || first === last ? below(text.slice(behindKey, end), isBelow) : beside(text, behindKey, end, pair)
  return { start, end, margin, ...parts, head: key + parts.head }
}

type Parts = Omit<Place, 'start' | 'end' | 'margin'>

/** A value on the lines under its key, or none. */
function below(field: string, hasValue: boolean): Parts {
  const [line = '', ...lines] = field.split('\n')
  const head = /^(?:[ \t]+[&!]\S*)*/.exec(line)?.[0] ?? ''
  const comment = line.slice(head.length).replace(/^[ \t]+$/, '')
  return { head, gap: '', inline: '', comment, lines, loose: hasValue ? [] : lines }
}

/** A value that begins beside its key. */
function beside(text: string, from: number, end: number, { value }: Pair<unknown, unknown>): Parts {
  const [first, last] = rangeOf(value) ?? [from, from]
  const before = text.slice(from, first)
  const head = before.trimEnd()
  const isBlock = isBlockScalar(value)
  const inline = isBlock ? (/^\S+/.exec(text.slice(first))?.[0] ?? '') : text.slice(first, last).trimEnd()
  const [comment = '', ...lines] = text.slice(first + inline.length, end).split('\n')
  const content = isBlock ? text.slice(first, Math.min(last, end)).trimEnd().split('\n').length - 1 : 0
  return { head, gap: before.slice(head.length), inline, comment, lines, loose: lines.slice(content) }
}

/** The place of a field that is not there yet: after all others. */
export function placeAtEnd({ text, fields }: ReadConfig, name: string): Place {
  const [first] = rangeOf(fields?.items[0]?.key) ?? [0]
  const margin = indentOf(text.slice(lineStart(text, first), first))
  const end = documentEnd(text)
  return {
    ...{ start: end, end, margin },
    ...{ head: `${name}:`, gap: '', inline: '', comment: '', lines: [], loose: [] },
  }
}

/** The text with another value at a place: what of it stands on the line of the key, and the lines below. */
export function put(text: string, place: Place, inline: string, lines: readonly string[]): string {
  const before = text.slice(0, place.start)
  const field = [
    place.margin + place.head + onTheLine(place, inline, lines.length > place.loose.length),
    ...lines,
  ].join('\n')
  const isNew = place.start === place.end
  return `${before}${isNew && lineStart(text, place.start) < place.start ? '\n' : ''}${field}${isNew ? '\n' : ''}${text.slice(place.end)}`
}

/** Emptied and filled again, the comment is back in its column. */
function onTheLine({ gap, inline, comment }: Place, now: string, isBelow: boolean): string {
  if (inline !== '') {
    if (now !== '') return gap + now + comment
    return comment.includes('#') && !isBelow ? gap + comment : comment
  }
  if (now === '') return comment
  return ` ${now}${comment.startsWith('  ') ? comment.slice(1) : comment}`
}

/** Behind the last line of a field: blank lines and comments as far out as its key are not its own. */
function endOf({ text, fields }: ReadConfig, pair: Pair<unknown, unknown>, start: number): number {
  const next = rangeOf(fields?.items[fields.items.indexOf(pair) + 1]?.key)
  const lines = text.slice(start, next ? lineStart(text, next[0]) : documentEnd(text)).split('\n')
  const margin = indentOf(lines[0] ?? '').length
  const last = lines.findLastIndex((line, at) => at === 0 || !isBesides(line, margin))
  return start + lines.slice(0, last + 1).join('\n').length
}

/** A blank line, or a comment no further in than this. */
export function isBesides(line: string, width: number): boolean {
  const words = line.trim()
  return words === '' || (words.startsWith('#') && indentOf(line).length <= width)
}

export function indentOf(line: string): string {
  return /^ */.exec(line)?.[0] ?? ''
}

/** Of the first line behind the byte order mark, which is no part of it. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
  return start === 0 ? markOf(text).length : start
}

/** The byte order mark at the beginning, where there is one. */
export function markOf(text: string): string {
  return text.startsWith('\ufeff') ? '\ufeff' : ''
}

/** Nothing of the document stands behind its line of dots. */
function documentEnd(text: string): number {
  const end = text.search(/^\.\.\.(?=\s|$)/m)
  return end < 0 ? text.length : end
}

export function rangeOf(value: unknown): readonly [number, number] | undefined {
  return isNode(value) && value.range ? [value.range[0], value.range[1]] : undefined
}

export function isBlockScalar(value: unknown): boolean {
  return isScalar(value) && (value.type === Scalar.BLOCK_FOLDED || value.type === Scalar.BLOCK_LITERAL)
}
