import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument, visit, type YAMLMap } from 'yaml'
import { WorkspaceConfig } from '#shared/workspaces/config.ts'
import { explainConfigIssue } from '#shared/workspaces/explain-config-issue.ts'
import type { Finding, Stretch } from '../../../ui/code-help.ts'

export type ConfigProblem = Stretch & { path: readonly PropertyKey[]; message: string }

export type ReadConfig = {
  text: string
  document: Document.Parsed
  /** The top mapping, where there is one. */
  fields: YAMLMap | undefined
  /** As plain data; what could not be read is left out. */
  value: Readonly<Record<string, unknown>>
  /** Why it is no YAML: with one of these there is nothing to rely on. */
  faults: readonly ConfigProblem[]
  /** Fields whose value does not hold. */
  problems: readonly ConfigProblem[]
}

/** Reads the text of a config.yaml as it is being written, by the rules of the server. */
export function readConfig(text: string): ReadConfig {
  const document = parseDocument(text, {
    schema: 'core',
    merge: false,
    prettyErrors: false,
    resolveKnownTags: false,
    stringKeys: true,
  })
  const faults: ConfigProblem[] = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    path: [],
    message: sentence(message),
    ...inside(text, pos[0], pos[1]),
  }))
  const fields = isMap(document.contents) ? document.contents : undefined
  const value = faults.length === 0 ? plain(document) : {}
  if (value === undefined) faults.push(explainAliases(document, text))
  const checked = WorkspaceConfig.safeParse(faults.length > 0 ? {} : (value ?? {}))
  const problems = (checked.error?.issues ?? []).map((issue) => ({
    path: issue.path,
    message: explainConfigIssue(issue),
    ...placeOf(document, issue.path, text),
  }))
  return { text, document, fields, value: isRecord(value) ? value : {}, faults, problems }
}

export function findingsOf({ faults, problems }: ReadConfig): Finding[] {
  return [
    ...faults.map(({ start, end, message }) => ({ start, end, message, tone: 'error' as const, code: 'yaml' })),
    ...problems.map(({ path, start, end, message }) => ({
      ...{ start, end, tone: 'error' as const, code: 'field' },
      message: path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`,
    })),
  ]
}

/** The texts of a list in the top mapping, each with its place. */
export function itemsOf({ fields }: ReadConfig, name: string): { text: string; at: Stretch }[] {
  const list: unknown = fields?.get(name, true)
  if (!isSeq(list)) return []
  return list.items.flatMap((item) => {
    const [start, end] = isScalar(item) ? (item.range ?? []) : []
    if (!isScalar(item) || typeof item.value !== 'string' || start === undefined || end === undefined) return []
    return [{ text: item.value, at: { start, end } }]
  })
}

/** The names of the top mapping, each with its place. */
export function keysOf({ fields }: ReadConfig): { text: string; at: Stretch }[] {
  return (fields?.items ?? []).flatMap(({ key }) => {
    const [start, end] = isScalar(key) ? (key.range ?? []) : []
    if (!isScalar(key) || typeof key.value !== 'string' || start === undefined || end === undefined) return []
    return [{ text: key.value, at: { start, end } }]
  })
}

function placeOf(document: Document.Parsed, path: readonly PropertyKey[], text: string): Stretch {
  let node: Node | null = document.contents
  for (const step of path) {
    const inner: unknown = isMap(node) || isSeq(node) ? node.get(typeof step === 'symbol' ? '' : step, true) : undefined
    if (!isScalar(inner) && !isMap(inner) && !isSeq(inner) && !isAlias(inner)) break
    node = inner
  }
  return inside(text, node?.range?.[0] ?? 0, node?.range?.[1] ?? 0)
}

/** Never empty, so that there is something to see. */
function inside(text: string, start: number, end: number): Stretch {
  const from = Math.min(start, Math.max(0, text.length - 1))
  return { start: from, end: Math.max(from + 1, Math.min(end, text.length)) }
}

function plain(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    return undefined
  }
}

/** Aliases are all that can keep a text without faults from being read. */
function explainAliases(document: Document.Parsed, text: string): ConfigProblem {
  let message = 'Use at most 100 aliases.'
  let at = inside(text, 0, 0)
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document)) return undefined
      message = `There is no anchor &${alias.source} above this alias.`
      at = inside(text, alias.range?.[0] ?? 0, alias.range?.[1] ?? 0)
      return visit.BREAK
    },
  })
  return { path: [], message, ...at }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sentence(message: string): string {
  const trimmed = message.trim()
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`
}
