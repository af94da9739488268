import { type Document, isAlias, isCollection, isSeq, parseDocument, stringify } from 'yaml'
import { type ReadConfig, readConfig } from '../help/read-config.ts'
import { anew, type Edit, firstThatHolds, isSame } from './edit-yaml.ts'
import { indentOf, isBesides, type Place, pairOf, placeAtEnd, placeOf, put, rangeOf } from './field-place.ts'
import { asWritten, indented } from './list-lines.ts'

/** The value of a field as it is written, with the comments in it; of an alias, what it stands for. */
export function sourceOf(config: ReadConfig, name: string): string {
  const node = pairOf(config, name)?.value
  const place = placeOf(config, name)
  const value = config.value[name] ?? undefined
  const anew = value === undefined ? '' : stringify(value, asWritten).trimEnd()
  if (!place) return anew
  const inline = isAlias(node) ? anew : place.inline
  const width = widthOf(place)
  const lines = place.lines.map((line) => line.slice(Math.min(indentOf(line).length, width)))
  return [...(inline === '' ? [] : [inline]), ...lines].join('\n').replaceAll('\r', '')
}

/** The text, and what `sourceOf` says of the field in it. */
export type SourceWritten = { text: string; source: string } | { fault: string }

/** The text with this as the value of a field, its comments included; or why it cannot stand there. */
export function setFieldSource(text: string, name: string, typed: string): SourceWritten {
  const source = typed.trimEnd()
  // Further in than a line of its own it is neither a mark of documents nor a directive, as under its key.
  const inner = indented(source.split('\n'), ' ').join('\n')
  const fragment = parseDocument(inner, {
    schema: 'core',
    merge: false,
    prettyErrors: false,
    resolveKnownTags: false,
    stringKeys: true,
  })
  const [wrong] = [...fragment.errors, ...fragment.warnings]
  if (wrong) return { fault: wrong.message }
  const meant = meaningOf(fragment)
  const under = below(name, source, fragment)
  const edits = canStandBeside(inner, fragment) ? [beside(name, source), under] : [under]
  if (meant && !placeOf(readConfig(text), name)) edits.push(anew(name, meant.value))
  const edited = firstThatHolds(text, name, edits, (value) => (meant ? isSame(value, meant.value) : true))
  if (edited !== undefined) return { text: edited, source: sourceOf(readConfig(edited), name) }
  const [fault] = readConfig(under(readConfig(text)) ?? text).faults
  return { fault: fault?.message ?? 'Written here it would change other fields.' }
}

/** Undefined where it repeats what stands elsewhere in the text. */
function meaningOf(fragment: Document.Parsed): { value: unknown } | undefined {
  try {
    return { value: fragment.toJS({ maxAliasCount: 100 }) }
  } catch {
    return undefined
  }
}

/** A text, a number or something in brackets, with no comment around it. */
function canStandBeside(inner: string, { contents }: Document.Parsed): boolean {
  const [start, end] = rangeOf(contents) ?? []
  return start === 1 && end === inner.length && (!isCollection(contents) || contents.flow === true)
}

function beside(name: string, source: string): Edit {
  return (config) => {
    const place = placeOf(config, name) ?? placeAtEnd(config, name)
    const isBelow = place.inline === '' && place.lines.length > place.loose.length
    return isBelow ? undefined : put(config.text, place, source, [])
  }
}

function below(name: string, source: string, { contents }: Document.Parsed): Edit {
  return (config) => {
    const pair = pairOf(config, name)
    const place = pair ? placeOf(config, name) : placeAtEnd(config, name)
    if (!place) return undefined
    if (source === '') return put(config.text, place, '', [])
    const lines = source.split('\n')
    const width = widthOf(place)
    const margin = place.margin.length
    // Items may stand as far out as their key; comments there are not the field's own.
    const isOut = isSeq(contents) && place.lines.length > 0 && !lines.some((line) => line.startsWith('#'))
    const indent = width > margin || isOut ? width : margin + 2
    return put(config.text, place, '', indented(lines, ' '.repeat(indent)))
  }
}

/** How far in the lines under a key stand. */
function widthOf({ margin, lines }: Place): number {
  const own = lines.filter((line) => !isBesides(line, margin.length))
  return own.length === 0 ? margin.length : Math.min(...own.map((line) => indentOf(line).length))
}
