import { isAlias, isScalar, type YAMLSeq } from 'yaml'
import { isBlockScalar, rangeOf } from './field-place.ts'
import { inBrackets, onOneLine } from './list-lines.ts'
import { changes } from './match-items.ts'

/** The text where items of a list that are only to have another value have it; their lines and comments stay. */
export function changeItems(
  text: string,
  list: YAMLSeq,
  values: readonly unknown[],
  wanted: readonly unknown[],
): string {
  const inOrder = changes(values, wanted).sort((one, other) => one.at - other.at)
  return inOrder.reduceRight((now, { at, item }) => {
    const node = list.items[at]
    const [start, end] = rangeOf(node) ?? []
    if (start === undefined || end === undefined || !(isScalar(node) || isAlias(node))) return now
    const value = list.flow ? inBrackets(item) : onOneLine(item)
    const source = text.slice(start, end).trimEnd()
    const [header = ''] = source.split('\n')
    const written = isBlockScalar(node) ? header.replace(/^\S+/, () => value) : value
    return now.slice(0, start) + spaced(now, start, source, written) + now.slice(start + source.length)
  }, text)
}

/** An item that says nothing has no room for a value between its dash and its comment. */
function spaced(text: string, start: number, source: string, written: string): string {
  if (source !== '') return written
  return `${text[start - 1] === '-' ? ' ' : ''}${written}${text[start] === '#' ? ' ' : ''}`
}
