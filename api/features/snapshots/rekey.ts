import { uuidv7 } from '../../kernel/uuid.ts'

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

/** New ids for these, in the same order: what was made earlier still has the smaller one. */
export function newIds(old: Iterable<string>): ReadonlyMap<string, string> {
  const sorted = [...new Set([...old].map((id) => id.toLowerCase()))].sort()
  return new Map(sorted.map((id) => [id, uuidv7()]))
}

/** The same text with new ids, wherever they stand in it: in columns, in JSON within JSON, in what an agent wrote. */
export function rekey(text: string, ids: ReadonlyMap<string, string>): string {
  return text.replace(uuid, (found) => ids.get(found.toLowerCase()) ?? found)
}
