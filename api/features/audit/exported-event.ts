import type { ExportedCall } from '#shared/audit/export-line.ts'
import type { ExportedRow } from './export-store.ts'
import { type Names, namesIn } from './names.ts'

export type ExportedEvent = ReturnType<typeof entryOf>

/** The event whole, from where it came, the names of whom it names, and what a tool call was made of. */
export function entryOf(row: ExportedRow, names: Names) {
  const { id, type, version, actor, origin, payload, hash } = row
  const call = callOf(row, names)
  return {
    kind: 'event' as const,
    seq: Number(row.seq),
    ...{ id, type, version, at: row.at.toISOString(), actor, origin, hash },
    chain: { id: row.chainId, depth: row.chainDepth },
    payload,
    names: namesIn([actor.id, payload], names),
    ...(call && { call }),
  }
}

function callOf({ tool, stepState, args, result, payload }: ExportedRow, names: Names): ExportedCall | undefined {
  if (tool === null || stepState === null) return undefined
  const by = String(payload.workspaceId)
  return { tool, state: stepState, by: names.get(by) ?? by, argsSha256: args ?? '', resultSha256: result }
}
