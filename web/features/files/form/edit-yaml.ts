import { isNode, isScalar, isSeq, stringify, visit } from 'yaml'
import { type ReadConfig, readConfig } from '../help/read-config.ts'
import { changeItems } from './change-items.ts'
import { markOf, pairOf, placeAtEnd, placeOf, put } from './field-place.ts'
import { asWritten, indented, listLines } from './list-lines.ts'
import { releaseAliases } from './release-aliases.ts'

/** What a form writes into a field; undefined empties it. */
export type FieldValue = string | number | boolean | readonly FieldItem[] | undefined
export type FieldItem = string | { any_of: readonly string[] }

/**
 * The text with another value in one top field. Every other line stays as it is, byte for byte, and so do the comments on the
 * field and on the items of its list. Emptied it keeps its line, which then says nothing. A text that is no YAML is given back
 * as it is.
 */
export function setConfigField(text: string, name: string, value: FieldValue): string {
  const meant = (written: unknown) => isSame(written, value)
  return firstThatHolds(text, name, [byItems(name, value), inPlace(name, value), anew(name, value)], meant) ?? text
}

/** A way to edit the text that has been read; undefined where it is not possible there. */
export type Edit = (config: ReadConfig) => string | undefined

/**
 * The first of these edits that gives readable YAML with the value that is meant, all others as they were. Where others repeat
 * what the field loses, they get it as their own.
 */
export function firstThatHolds(
  text: string,
  name: string,
  edits: readonly Edit[],
  isMeant: (value: unknown) => boolean,
): string | undefined {
  const config = readConfig(text)
  if (!isEditable(config)) return undefined
  const released = releaseAliases(text, name)
  const bases = released === text ? [config] : [config, readConfig(released)]
  for (const edit of edits) {
    for (const before of bases) {
      const edited = edit(before)
      if (edited !== undefined && holds(before, readConfig(edited), name, isMeant)) return edited
    }
  }
  return undefined
}

function isEditable({ faults, document, fields }: ReadConfig): boolean {
  const { contents } = document
  return (
    faults.length === 0 &&
    (contents === null || fields !== undefined || (isScalar(contents) && contents.value === null))
  )
}

function holds(before: ReadConfig, after: ReadConfig, name: string, isMeant: (value: unknown) => boolean): boolean {
  const given = after.value[name]
  if (after.faults.length > 0 || !isMeant(given)) return false
  const names = (config: ReadConfig) => Object.keys(config.value).filter((other) => other !== name)
  if (!isSame(names(before), names(after))) return false
  // Those that repeat an anchor of this field follow it, unless it says nothing any more.
  const isFollowed = (given ?? null) !== null && hasAnchor(before, name)
  return isFollowed || names(before).every((other) => isSame(before.value[other], after.value[other]))
}

/** A list of which items have another value: first these, then what comes and goes. */
function byItems(name: string, value: FieldValue): Edit {
  return (config) => {
    const list = pairOf(config, name)?.value
    const before = config.value[name]
    if (typeof value !== 'object' || !isSeq(list) || !Array.isArray(before)) return undefined
    const changed = readConfig(changeItems(config.text, list, before, value))
    return isSame(changed.value[name], value) ? changed.text : inPlace(name, value)(changed)
  }
}

function inPlace(name: string, value: FieldValue): Edit {
  return (config) => {
    const { text } = config
    const pair = pairOf(config, name)
    if (!pair && value === undefined) return text
    const place = pair ? placeOf(config, name) : placeAtEnd(config, name)
    if (!place) return undefined
    const before = config.value[name]
    const list = { text, place, node: pair?.value, values: Array.isArray(before) ? before : [] }
    if (value === undefined || typeof value === 'object') {
      const written = listLines(list, value)
      return written && put(text, place, written.inline, written.lines)
    }
    const [inline = '', ...lines] = linesOf(value)
    const comments = isSeq(pair?.value) ? (listLines(list, undefined)?.lines ?? []) : place.loose
    if (lines.length === 0) return put(text, place, inline, comments)
    // Further in, a comment under a text of many lines would be one of them.
    const outer = comments.map((line) => place.margin + line.trim())
    return put(text, place, inline, [...indented(lines, place.margin), ...outer])
  }
}

/** As it stands behind `key: `. */
function linesOf(value: unknown): string[] {
  const [first = '', ...lines] = stringify({ key: value }, asWritten).replace(/\n$/, '').split('\n')
  return [first.slice('key: '.length), ...lines]
}

/** `{ role: x }`, `? role`, a tag: rare; the library writes the whole text. */
export function anew(name: string, value: unknown): Edit {
  return ({ text }) => {
    const read = readConfig(releaseAliases(text, name))
    const { document } = read
    if (!read.fields) document.contents = null
    if ((value ?? null) === null) document.delete(name)
    else {
      const pair = pairOf(read, name)
      const before = pair?.value
      const node = document.createNode(value)
      if (isScalar(before) || isSeq(before)) node.comment = before.comment
      if (pair) pair.value = node
      else document.set(name, node)
    }
    return markOf(text) + document.toString(asWritten)
  }
}

function hasAnchor(config: ReadConfig, name: string): boolean {
  const value = pairOf(config, name)?.value
  let found = false
  if (isNode(value)) {
    visit(value, {
      Value: (_key, node) => {
        found ||= node.anchor !== undefined
      },
    })
  }
  return found
}

/** A key with nothing behind it says as much as one that is not there. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}
