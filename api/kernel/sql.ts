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
