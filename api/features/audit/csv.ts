import type { ExportedEvent } from './exported-event.ts'

const columns = [
  ...['seq', 'at', 'type', 'actor_kind', 'actor_id', 'actor_name', 'address', 'client', 'proof', 'request_id'],
  ...['targets', 'tool', 'args_sha256', 'result_sha256', 'chain_id', 'hash', 'payload'],
]

export const csvHead = `${columns.join(',')}\r\n`

export function csvLine(entry: ExportedEvent): string {
  const { seq, at, type, actor, chain, call, hash, payload, names } = entry
  const origin = new Map(Object.entries(typeof entry.origin === 'object' && entry.origin ? entry.origin : {}))
  const proof = origin.get('proof')
  const targets = Object.entries(names).flatMap(([id, name]) => (id === actor.id ? [] : [name]))
  const cells: unknown[] = [
    ...[seq, at, type, actor.kind, actor.id, origin.get('name') ?? names[actor.id]],
    ...[origin.get('address'), origin.get('client'), proof ? JSON.stringify(proof) : '', origin.get('requestId')],
    ...[targets.join('; '), call?.tool, call?.argsSha256, call?.resultSha256, chain.id, hash, JSON.stringify(payload)],
  ]
  return `${cells.map(cell).join(',')}\r\n`
}

/**
 * One cell. A spreadsheet takes what begins with = + - @, a tab or a carriage return for a formula and runs it, also behind
 * blanks; with an apostrophe before it, it is text.
 */
export function cell(value: unknown): string {
  const text = value === undefined || value === null ? '' : String(value)
  const safe =
    typeof value !== 'number' && /^[\s\u00a0]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text
  return /[",\r\n;\t]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe
}
