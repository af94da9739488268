import { Document, isMap, isScalar, isSeq, type Pair, Scalar, stringify, YAMLMap, type YAMLSeq } from 'yaml'
import { readConfig } from '../help/read-config.ts'

/** What a form writes into a field; undefined takes the field out. */
export type FieldValue = string | number | boolean | readonly FieldItem[] | Structure | undefined
export type FieldItem = string | { any_of: readonly string[] }
/** Fields within fields, written as they are. */
export type Structure = { structure: unknown }

const asWritten = { lineWidth: 0, flowCollectionPadding: false } as const

/**
 * The text with another value in one top field. Every other line stays as it is, byte for byte, and so do the comments on the
 * field and on the items of its list. A text that is no YAML is given back as it is.
 */
export function setConfigField(text: string, name: string, given: FieldValue): string {
  const value = isStructure(given) ? given.structure : given
  const { faults, document, fields } = readConfig(text)
  if (faults.length > 0 || (document.contents !== null && !fields && !isEmpty(document.contents))) return text
  const pair = fields?.items.find(({ key }) => isScalar(key) && key.value === name)
  if (!pair) return value === undefined ? text : append(text, name, value)
  // `{ role: x }`: rare, and on one line; the library writes it anew.
  if (fields?.flow) {
    if (value === undefined) document.delete(name)
    else document.set(name, document.createNode(value))
    return document.toString(asWritten)
  }
  const [start, end] = spanOf(pair, text)
  if (value === undefined) return text.slice(0, start) + text.slice(lineEnd(text, end))
  const inline = inlineSpan(pair, value)
  const written = stringify({ [name]: value }, asWritten).trimEnd()
  if (inline && !written.includes('\n')) {
    return text.slice(0, inline[0]) + written.slice(name.length + 2) + text.slice(inline[1])
  }
  const former = text.slice(start, end)
  return text.slice(0, start) + keepHead(former, rewritten(pair, name, value, former)) + text.slice(end)
}

function append(text: string, name: string, value: unknown): string {
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`
  return before + stringify({ [name]: value }, asWritten)
}

/** From the key to the end of what belongs to its value, the last line end left out. */
function spanOf({ key, value }: Pair<unknown, unknown>, text: string): [number, number] {
  const start = isScalar(key) ? (key.range?.[0] ?? 0) : 0
  const keyEnd = isScalar(key) ? (key.range?.[1] ?? start) : start
  const range = isScalar(value) || isSeq(value) || isMap(value) ? value.range : undefined
  const end = Math.max(range?.[1] ?? 0, text.indexOf(':', keyEnd) + 1)
  const last = text.slice(start, end).trimEnd().length + start
  // The comment behind the last line belongs to it.
  const comment = /^[ \t]+#[^\n]*/.exec(text.slice(last))?.[0].length ?? 0
  return [start, last + comment]
}

function inlineSpan({ value: node }: Pair<unknown, unknown>, value: unknown): [number, number] | undefined {
  if (typeof value === 'object' || !isScalar(node) || node.anchor || node.tag) return undefined
  if (node.type !== Scalar.PLAIN && node.type !== Scalar.QUOTE_DOUBLE && node.type !== Scalar.QUOTE_SINGLE)
    return undefined
  const [start, end] = node.range ?? []
  return start === undefined || end === undefined || start === end ? undefined : [start, end]
}

/** The pair alone, written anew with the comments inside it. */
function rewritten(pair: Pair<unknown, unknown>, name: string, value: unknown, former: string): string {
  const { key, value: before } = pair
  const document = new Document()
  const node = isSeq(before) && Array.isArray(value) ? keepItems(before, value, document) : document.createNode(value)
  if (isScalar(node) && (isScalar(before) || isSeq(before))) node.comment = before.comment
  const map = new YAMLMap()
  const called = document.createNode(isScalar(key) ? key.value : name)
  map.add(document.createPair(called, node))
  document.contents = map
  return document.toString({ ...asWritten, indentSeq: !/\n-/.test(former) }).trimEnd()
}

/** A comment behind the name of a list stays there; the library would put it on a line of its own. */
function keepHead(former: string, written: string): string {
  const comment = /^[^\n"'#]*:[ \t]+(#[^\n]*)\n/.exec(former)?.[1]
  const [head, next, ...rest] = written.split('\n')
  if (comment === undefined || next?.trim() !== comment || !head?.endsWith(':')) return written
  return [`${head} ${comment}`, ...rest].join('\n')
}

/** The list with its items in the wanted order: those that stay keep their comments. */
function keepItems(before: YAMLSeq, wanted: readonly unknown[], document: Document): YAMLSeq {
  const left = [...before.items]
  const items = wanted.map((item) => {
    const at = left.findIndex((node) => same(node, item))
    const [kept] = at < 0 ? [] : left.splice(at, 1)
    return kept ?? document.createNode(item)
  })
  before.items = items
  if (items.length === 0) before.flow = true
  return before
}

function same(node: unknown, item: unknown): boolean {
  if (isScalar(node)) return node.value === item
  return isMap(node) && typeof item === 'object' && JSON.stringify(node.toJSON()) === JSON.stringify(item)
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end + 1
}

function isStructure(value: FieldValue): value is Structure {
  return typeof value === 'object' && 'structure' in value
}

function isEmpty(contents: unknown): boolean {
  return isScalar(contents) && contents.value === null
}
