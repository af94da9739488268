import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
} from 'yaml'

/** Where something stands: 1-based, as editors count. */
export type Place = { file: string; line: number; column: number }
export type Report = (place: Place, message: string) => void

/** Where each value and each field of a mapping or list stands. */
export type Places = WeakMap<object, { self: Place; at: Map<string | number, Place> }>

export type YamlReader = {
  places: Places
  report: Report
  /** Gives what an `!include` stands for; undefined when it cannot (and was reported). */
  include(reference: string, at: Place): unknown
  /** Nodes that may still be made: a bomb of aliases ends here. */
  nodesLeft: number
}

export const maxNodes = 200_000
const maxDepth = 240
const tooDeep = 'The text is nested too deeply.'

/** Turns a YAML text into plain data. Tags other than !include, double keys and bombs are reported with their place. */
export function yamlData(file: string, text: string, reader: YamlReader): unknown {
  const lines = new LineCounter()
  const document = parse(text, lines)
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (!document) {
    reader.report(at(0), tooDeep)
    return undefined
  }
  for (const { code, message, pos } of document.errors) {
    reader.report(at(pos[0]), code === 'RESOURCE_EXHAUSTION' ? tooDeep : sentence(message))
  }
  // A tag we do not know would silently become text.
  for (const warning of document.warnings) reader.report(at(warning.pos[0]), explainTag(warning.message))
  if (document.errors.length > 0 || document.warnings.length > 0) return undefined
  const walk = new Walk(reader, at)
  return document.contents === null ? null : walk.value(document.contents, 0)
}

function parse(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      logLevel: 'silent',
      stringKeys: true,
      // The library compares every key with every other one; the walk below needs a map only.
      uniqueKeys: false,
      resolveKnownTags: false,
      customTags: [{ tag: '!include', resolve: (reference: string) => reference }],
    })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

class Walk {
  readonly #reader: YamlReader
  readonly #anchors = new Map<string, unknown>()
  readonly #at: (offset: number) => Place

  constructor(reader: YamlReader, at: (offset: number) => Place) {
    this.#reader = reader
    this.#at = at
  }

  value(node: unknown, depth: number): unknown {
    const reader = this.#reader
    if (reader.nodesLeft <= 0) return undefined
    reader.nodesLeft -= 1
    const place = this.placeOf(node)
    if (reader.nodesLeft === 0 || depth > maxDepth) {
      reader.nodesLeft = 0
      const why = depth > maxDepth ? `nested deeper than ${maxDepth} levels` : `more than ${maxNodes} values`
      reader.report(place, `The template is too large: ${why}. Do its anchors and aliases multiply?`)
      return undefined
    }
    if (isAlias(node)) return this.follow(node.source, place, depth)
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor) this.#anchors.set(node.anchor, node)
    if (isMap<ParsedNode, ParsedNode | null>(node)) return this.mapping(node, place, depth)
    if (isSeq(node)) return this.list(node.items, place, depth)
    if (!isScalar(node)) return null
    if (node.tag === '!include') return reader.include(String(node.value ?? ''), place)
    return this.checked(node.value ?? null, place)
  }

  follow(name: string, place: Place, depth: number): unknown {
    const target = this.#anchors.get(name)
    if (target !== undefined) return this.value(target, depth + 1)
    this.#reader.report(place, `There is no anchor &${name} above this alias.`)
    return undefined
  }

  checked(value: unknown, place: Place): unknown {
    if (typeof value !== 'string' || (value.isWellFormed() && !value.includes('\0'))) return value
    this.#reader.report(place, 'Use neither NUL nor half of a surrogate pair.')
    return undefined
  }

  mapping(node: YAMLMap<ParsedNode, ParsedNode | null>, self: Place, depth: number): Record<string, unknown> {
    const made: Record<string, unknown> = {}
    const at = new Map<string | number, Place>()
    this.#reader.places.set(made, { self, at })
    const merged: unknown[] = []
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value ?? '') : ''
      if (name === '__proto__') {
        this.#reader.report(this.placeOf(key), 'Use another name than __proto__.')
        continue
      }
      if (at.has(name)) this.#reader.report(this.placeOf(key), `The key ${JSON.stringify(name)} is there twice.`)
      const inner = value === null ? null : this.value(value, depth + 1)
      // "<<" merges the mapping it names below the fields given here.
      if (name === '<<' && isScalar(key) && key.type === 'PLAIN') {
        merged.push(...(Array.isArray(inner) ? inner : [inner]))
        continue
      }
      at.set(name, this.placeOf(key))
      if (inner !== undefined) made[name] = inner
    }
    for (const base of merged) this.mergeInto(made, at, base)
    return made
  }

  mergeInto(made: Record<string, unknown>, at: Map<string | number, Place>, base: unknown): void {
    if (typeof base !== 'object' || base === null) return
    const places = this.#reader.places.get(base)
    for (const [name, value] of Object.entries(base)) {
      if (name in made) continue
      made[name] = value
      const place = places?.at.get(name)
      if (place) at.set(name, place)
    }
  }

  list(items: readonly unknown[], self: Place, depth: number): unknown[] {
    const made: unknown[] = []
    const at = new Map<string | number, Place>()
    this.#reader.places.set(made, { self, at })
    for (const item of items) {
      const inner = this.value(item, depth + 1)
      // What could not be included was reported; the rest of the list is still checked.
      if (inner === undefined) continue
      at.set(made.length, this.placeOf(item))
      made.push(inner)
    }
    return made
  }

  placeOf(node: unknown): Place {
    const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined
    return this.#at(range?.[0] ?? 0)
  }
}

/** The nearest place on the way to a value. */
export function placeAt(data: unknown, path: readonly PropertyKey[], places: Places, fallback: Place): Place {
  let place = fallback
  let value = data
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return place
    const known = places.get(value)
    place = known?.self ?? place
    if (typeof step === 'symbol') return place
    place = known?.at.get(step) ?? place
    value = Object.entries(value).find(([name]) => name === String(step))?.[1]
  }
  return place
}

function explainTag(message: string): string {
  const tag = /Unresolved tag: (\S+)/.exec(message)?.[1]
  if (!tag) return sentence(message)
  return `${tag} without quotes is a YAML tag, and only !include is known. Put the text in quotes if it is meant as text.`
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`
}
