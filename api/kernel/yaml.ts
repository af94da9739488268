import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

/** What is wrong and where; 1-based, as editors count. */
export type YamlProblem = { message: string; line: number; column: number }
export type YamlPlace = { line: number; column: number }

export type ParsedYaml =
  | {
      ok: true
      /** Plain data: mappings, lists, strings, numbers, booleans and null. */
      value: unknown
      /** For edits that keep comments and order. */
      document: Document.Parsed
      /** Where a field stands, or the nearest thing around it. */
      placeOf(path: readonly PropertyKey[]): YamlPlace
    }
  | { ok: false; problems: YamlProblem[] }

export const maxYamlBytes = 1_048_576
const maxYamlDepth = 64
const maxAliases = 100
const maxValues = 100_000
const maxProblems = 20

/**
 * Reads a YAML text as plain data of the core schema. Tags of our own or others' making, double keys, `__proto__`, bombs of
 * aliases, deep nests and texts over `maxBytes` are problems with their place; nothing is ever run or made but plain data.
 */
export function parseYaml(text: string, maxBytes = maxYamlBytes): ParsedYaml {
  if (Buffer.byteLength(text) > maxBytes) {
    return { ok: false, problems: [{ message: `Use at most ${maxBytes} bytes of YAML.`, line: 1, column: 1 }] }
  }
  const lines = new LineCounter()
  const at = (offset: number): YamlPlace => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const document = parseDocument(text, {
    schema: 'core',
    lineCounter: lines,
    merge: false,
    prettyErrors: false,
    resolveKnownTags: false,
    stringKeys: true,
    // The library compares every key with every other one; the walk below needs a set only.
    uniqueKeys: false,
  })
  const faults = [
    ...document.errors.map(({ code, message, pos }) => ({
      ...at(pos[0]),
      message: ownWords.get(code) ?? sentence(message),
    })),
    ...document.warnings.map(({ message, pos }) => ({ ...at(pos[0]), message: explainTag(message) })),
  ]
  if (faults.length > 0) return { ok: false, problems: faults.sort(byPlace).slice(0, maxProblems) }
  const problems: YamlProblem[] = []
  const value = plainData(document.contents, (node, message) => {
    if (problems.length < maxProblems) problems.push({ ...at(node?.range?.[0] ?? 0), message })
  })
  if (problems.length > 0) return { ok: false, problems: problems.sort(byPlace) }
  return { ok: true, value, document, placeOf: (path) => at(nearest(document, path)?.range?.[0] ?? 0) }
}

const tooDeep = `Nest at most ${maxYamlDepth} levels deep.`
const ownWords: ReadonlyMap<string, string> = new Map([
  ['RESOURCE_EXHAUSTION', tooDeep],
  ['MULTIPLE_DOCS', 'Write one document only; the line of dashes begins another.'],
])

type Blame = (node: Node | null, message: string) => void

function plainData(contents: Node | null, blame: Blame): unknown {
  const anchors = new Map<string, Node>()
  const open = new Set<Node>()
  let aliases = 0
  let values = 0

  function read(node: unknown, depth: number): unknown {
    if (!isScalar(node) && !isMap(node) && !isSeq(node) && !isAlias(node)) return null
    values += 1
    // One word about a bomb is enough; what follows is not read.
    if (values === maxValues) blame(node, `Use at most ${maxValues} values; aliases count as what they repeat.`)
    if (values >= maxValues) return null
    if (depth > maxYamlDepth) return refuse(node, tooDeep)
    if (isAlias(node)) return follow(node.source, node, depth)
    if (node.anchor) anchors.set(node.anchor, node)
    if (isScalar(node)) return checked(node.value, node)
    open.add(node)
    const made = isMap(node) ? mapping(node.items, depth) : node.items.map((item) => read(item, depth + 1))
    open.delete(node)
    return made
  }

  function follow(name: string, alias: Node, depth: number): unknown {
    aliases += 1
    if (aliases === maxAliases + 1) blame(alias, `Use at most ${maxAliases} aliases.`)
    if (aliases > maxAliases) return null
    const target = anchors.get(name)
    if (!target) return refuse(alias, `There is no anchor &${name} above this alias.`)
    if (open.has(target)) return refuse(alias, `The alias *${name} stands inside what it repeats.`)
    return read(target, depth)
  }

  function mapping(items: readonly { key: unknown; value: unknown }[], depth: number): Record<string, unknown> {
    const made = new Map<string, unknown>()
    for (const { key, value } of items) {
      if (!isScalar(key)) {
        blame(isAlias(key) ? key : null, 'Use plain text as a key.')
        continue
      }
      const name = String(checked(key.value ?? '', key))
      if (key.anchor) anchors.set(key.anchor, key)
      if (name === '__proto__') blame(key, 'Use another name than __proto__.')
      else if (made.has(name)) blame(key, `The key ${JSON.stringify(name)} is there twice.`)
      made.set(name, read(value, depth + 1))
    }
    return Object.fromEntries(made)
  }

  function checked(value: unknown, node: Node): unknown {
    if (typeof value !== 'string' || (value.isWellFormed() && !value.includes('\0'))) return value
    return refuse(node, 'Use neither NUL nor half of a surrogate pair.')
  }

  function refuse(node: Node, message: string): null {
    blame(node, message)
    return null
  }

  return read(contents, 1)
}

function nearest(document: Document.Parsed, path: readonly PropertyKey[]): Node | null {
  let node: Node | null = document.contents
  for (const step of path) {
    const inner: unknown = isMap(node) || isSeq(node) ? node.get(typeof step === 'symbol' ? '' : step, true) : undefined
    if (!isScalar(inner) && !isMap(inner) && !isSeq(inner) && !isAlias(inner)) return node
    node = inner
  }
  return node
}

function byPlace(a: YamlProblem, b: YamlProblem): number {
  return a.line - b.line || a.column - b.column
}

function explainTag(message: string): string {
  const tag = /Unresolved tag: (?:tag:yaml\.org,2002:)?(\S+)/.exec(message)?.[1]
  if (!tag) return sentence(message)
  return `The tag ${tag.startsWith('!') ? tag : `!!${tag}`} is not known here. Put the text in quotes if it is meant as text.`
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`
}
