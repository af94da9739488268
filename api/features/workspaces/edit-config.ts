import { type Document, isMap, isScalar, type Node, stringify } from 'yaml'
import { AppError } from '#shared/kernel/app-error.ts'
import { parseYaml } from '../../kernel/yaml.ts'

/** The text with other values in some of its top fields; comments, order and every other line stay as they are. */
export function editConfig(text: string, fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields).reduce((edited, [name, value]) => setField(edited, name, value), text)
}

export function hasField(text: string, name: string): boolean {
  const parsed = parseYaml(text)
  return parsed.ok && isMap(parsed.document.contents) && parsed.document.has(name)
}

/** The text with this name where it names its workspace at all; one that is no YAML stays as it is. */
export function withName(text: string, name: string): string {
  return hasField(text, 'name') ? editConfig(text, { name }) : text
}

function setField(text: string, name: string, value: string): string {
  const parsed = parseYaml(text)
  if (!parsed.ok) {
    const [problem] = parsed.problems
    throw new AppError('bad-input', `config.yaml cannot be edited: line ${problem?.line}: ${problem?.message}`, {
      fix: 'Correct it in the editor first.',
    })
  }
  const { document } = parsed
  const place = spanOf(document, name)
  const written = stringify({ [name]: value }, { lineWidth: 0 }).trimEnd()
  // A value on one line is replaced where it stands; printing the document anew would touch other lines.
  if (place && !written.includes('\n')) {
    return `${text.slice(0, place[0])}${written.slice(name.length + 2)}${text.slice(place[1])}`
  }
  document.set(name, value)
  return document.toString({ lineWidth: 0 })
}

/** Where a plain or quoted value of the top mapping stands in the text. */
function spanOf(document: Document.Parsed, name: string): [number, number] | undefined {
  if (!isMap(document.contents) || document.contents.flow) return undefined
  const value: unknown = document.contents.get(name, true)
  if (!isScalar(value) || value.anchor || value.tag || !isInline(value)) return undefined
  const [start, end] = value.range ?? []
  return start === undefined || end === undefined || start === end ? undefined : [start, end]
}

function isInline(value: Node & { type?: string }): boolean {
  return value.type === 'PLAIN' || value.type === 'QUOTE_DOUBLE' || value.type === 'QUOTE_SINGLE'
}
