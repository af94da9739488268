import { uuidv7 } from '../../kernel/uuid.ts'

/** The middle of a UUID. It begins with its rarest sign, so that long texts are searched quickly. */
const middle = /-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-/gi

/** New ids for these, in the same order: what was made earlier still has the smaller one. */
export function newIds(old: Iterable<string>): ReadonlyMap<string, string> {
  const sorted = [...new Set([...old].map((id) => id.toLowerCase()))].sort()
  return new Map(sorted.map((id) => [id, uuidv7()]))
}

/** The same text with new ids, wherever they stand in it: in columns, in JSON within JSON, in what an agent wrote. */
export function rekey(text: string, ids: ReadonlyMap<string, string>): string {
  let told = ''
  let from = 0
  for (const { index } of text.matchAll(middle)) {
    const start = index - 8
    const fresh = start < from ? undefined : ids.get(text.slice(start, start + 36).toLowerCase())
    if (fresh === undefined) continue
    told += text.slice(from, start) + fresh
    from = start + 36
  }
  return told + text.slice(from)
}
