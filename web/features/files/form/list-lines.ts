import { Document, isSeq, stringify, type YAMLSeq } from 'yaml'
import { indentOf, isBesides, lineStart, type Place, rangeOf } from './field-place.ts'
import { places } from './match-items.ts'

/** How values are written; long lines stay long. */
export const asWritten = { lineWidth: 0, flowCollectionPadding: false } as const

type Written = { inline: string; lines: string[] }
/** A list as its items and what stands before, between and behind them: comments, and items commented out. */
type Parts = { indent: string; items: string[][]; gaps: string[][] }

/**
 * A field with another list: every item that stays keeps its lines, and every comment on a line of its own stays. Without a list
 * the comments are left. Undefined where the list that is there cannot be taken apart.
 */
export function listLines(
  { text, place, node, values }: { text: string; place: Place; node: unknown; values: readonly unknown[] },
  wanted: readonly unknown[] | undefined,
): Written | undefined {
  const source = isSeq(node) && node.flow ? text.slice(...(rangeOf(node) ?? [0, 0])) : undefined
  if (isSeq(node) && source !== undefined && wanted && !/[#\n]/.test(source) && place.loose.length === 0) {
    const { items } = partsOfFlow(node, text, '')
    const kept = places(values, wanted)
    const all = wanted.map((item, at) => items[kept[at] ?? -1]?.[0]?.slice(2) ?? inBrackets(item))
    return { inline: `[${all.join(', ')}]`, lines: [] }
  }
  const parts = partsOf(place, node, text)
  if (!parts) return undefined
  return {
    inline: wanted && wanted.length === 0 ? '[]' : '',
    lines: arranged(parts, values, wanted ?? []),
  }
}

function partsOf(place: Place, node: unknown, text: string): Parts | undefined {
  const inner = `${place.margin}  `
  const [first = ''] = place.loose.filter((line) => line.trim() !== '')
  const indent = indentOf(first).length > place.margin.length ? indentOf(first) : inner
  if (!isSeq(node)) return { indent, items: [], gaps: [[...place.loose]] }
  if (!node.flow) return partsOfBlock(place, node, text)
  const { items, gaps } = partsOfFlow(node, text, indent)
  return { indent, items, gaps: [...gaps.slice(0, -1), [...(gaps.at(-1) ?? []), ...place.loose]] }
}

function partsOfBlock({ lines }: Place, node: YAMLSeq, text: string): Parts | undefined {
  const [start] = rangeOf(node) ?? [0]
  const indent = text.slice(lineStart(text, start), start)
  const dash = new RegExp(`^${indent}-(?=\\s|$)`)
  const starts = lines.flatMap((line, at) => (dash.test(line) ? [at] : []))
  if (indent.trim() !== '' || starts.length !== node.items.length) return undefined
  const whole = starts.map((at, index) => lines.slice(at, starts[index + 1]))
  const ends = whole.map((item) => 1 + item.findLastIndex((line, at) => at === 0 || !isBesides(line, indent.length)))
  return {
    indent,
    items: whole.map((item, at) => item.slice(0, ends[at])),
    gaps: [lines.slice(0, starts[0]), ...whole.map((item, at) => item.slice(ends[at]))],
  }
}

/** A list in brackets as if it stood in lines. */
function partsOfFlow(node: YAMLSeq, text: string, indent: string): Parts {
  const [start, end] = rangeOf(node) ?? [0, 0]
  const ranges = node.items.map((item) => rangeOf(item) ?? [start, start])
  const between = [...ranges, [end - 1, end]].map(([from = 0], at) =>
    text.slice(ranges[at - 1]?.[1] ?? start + 1, from),
  )
  const items = ranges.map(([from, to], at) => {
    const properties = (between[at] ?? '')
      .replace(/#[^\n]*/g, '')
      .replace(',', '')
      .trim()
    const comment = /^[^\n#]*(#[^\n]*)/.exec(between[at + 1] ?? '')?.[1]
    const source = [properties, text.slice(from, to)].filter(Boolean).join(' ')
    return `${indent}- ${source}${comment ? ` ${comment}` : ''}`.split('\n')
  })
  const gaps = between.map((gap, at) => {
    const own = at === 0 ? gap : gap.replace(/^[^\n#]*#[^\n]*/, '')
    return [...own.matchAll(/#[^\n]*/g)].map(([comment]) => indent + comment)
  })
  return { indent, items, gaps }
}

/** The lines of the list that is wanted; what is new stands behind the item before it. */
function arranged({ indent, items, gaps }: Parts, values: readonly unknown[], wanted: readonly unknown[]): string[] {
  const kept = places(values, wanted)
  const lines: string[] = []
  let passed = 0
  const passTo = (at: number) => {
    for (; passed <= at; passed += 1) lines.push(...(gaps[passed] ?? []))
  }
  wanted.forEach((item, index) => {
    const at = kept[index] ?? -1
    const stays = at >= passed
    if (stays) passTo(at)
    else if (kept.slice(index).every((later) => later < passed)) passTo(items.length)
    lines.push(...(items[at] ?? fresh(item, indent)))
  })
  passTo(items.length)
  return lines
}

function fresh(item: unknown, indent: string): string[] {
  return indented(stringify([item], asWritten).replace(/\n$/, '').split('\n'), indent)
}

export function indented(lines: readonly string[], indent: string): string[] {
  return lines.map((line) => (line === '' ? line : indent + line))
}

/** An item as it stands behind its dash. */
export function onOneLine(item: string): string {
  const [line = '', ...more] = fresh(item, '')
  return more.length === 0 ? line.slice('- '.length) : JSON.stringify(item)
}

export function inBrackets(item: unknown): string {
  const document = new Document()
  document.contents = document.createNode([item], { flow: true })
  return document.toString(asWritten).trim().slice(1, -1)
}
