import { createHash } from 'node:crypto'
import type { Redactor } from './redact/create-redactor.ts'

/** A statement with its parameters apart; values never become text. */
export type Sql = { readonly text: string; readonly values: readonly unknown[]; readonly isSql: true }

/**
 * The only way to write a statement: sql`select … where id = ${id}`. A nested sql`…` is spliced in, everything else becomes
 * a parameter. Give arrays as arrays (`= any (${ids})`) and objects for json columns as `json(value)`.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  let text = strings[0] ?? ''
  const values: unknown[] = []
  parts.forEach((part, index) => {
    text += isSql(part) ? splice(part, values) : `$${values.push(part)}`
    text += strings[index + 1] ?? ''
  })
  return { text, values, isSql: true }
}

/** A text a person keeps as they typed it, secrets included, or a name of ours; every other is masked when it is written. */
export function asTyped(text: string): AsTyped {
  return { isTyped: true, text }
}

type AsTyped = { readonly isTyped: true; readonly text: string }

/** The statement with every text among its parameters masked; what is binary stays as it is. */
export function maskedParameters(query: Sql, redactor: Redactor): Sql {
  if (redactor.isEmpty) return query
  return { ...query, values: query.values.map((value) => maskedParameter(value, redactor)) }
}

function maskedParameter(value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return redactor.written(value)
  return Array.isArray(value) ? value.map((one) => maskedParameter(one, redactor)) : value
}

/** Statements are prepared once a connection under the hash of their text: planning them costs more than running them. */
export function prepared({ text, values }: Sql): { name: string; text: string; values: unknown[] } {
  return { name: nameOf(text), text, values: values.map(plainly) }
}

function plainly(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'isTyped' in value && 'text' in value ? value.text : value
}

const names = new Map<string, string>()
/** Texts are written by hand, so there are few; should they ever not be, they are hashed again. */
const maxNames = 5_000

function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  if (names.size >= maxNames) names.clear()
  const name = createHash('sha256').update(text).digest('hex').slice(0, 40)
  names.set(text, name)
  return name
}

/** A JSON parameter: arrays and strings too arrive as json, not as Postgres arrays or text. */
export function json(value: unknown): string {
  return JSON.stringify(value ?? null)
}

function splice(part: Sql, values: unknown[]): string {
  const offset = values.length
  values.push(...part.values)
  return part.text.replace(/\$(\d+)/g, (_, place: string) => `$${Number(place) + offset}`)
}

function isSql(part: unknown): part is Sql {
  return typeof part === 'object' && part !== null && 'isSql' in part && part.isSql === true
}
