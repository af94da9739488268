import type { AuditSlice } from '#shared/audit/contract.ts'
import { type AuditSearch, spans } from './filter.ts'

export type Slice = Pick<AuditSlice, 'since' | 'chainId' | 'actorKind' | 'actorId' | 'about' | 'text'> & {
  workspaceId?: string
}

/** `who` is a kind of actor, or the id of one. `now` is cut to the minute, so that what is asked stays the same meanwhile. */
export function sliceOf({ who, about, w, span, q, chain }: AuditSearch, now: number): Slice {
  const kind = who === 'person' || who === 'key' || who === 'workspace' || who === 'system' ? who : undefined
  const minute = Math.floor(now / 60_000) * 60_000
  return {
    ...(kind !== undefined ? { actorKind: kind } : who !== undefined && { actorId: who }),
    ...(about !== undefined && { about }),
    ...(w !== undefined && { workspaceId: w }),
    ...(span !== undefined && { since: new Date(minute - spans[span]).toISOString() }),
    ...(q !== undefined && q.trim() !== '' && { text: q.trim() }),
    ...(chain !== undefined && { chainId: chain }),
  }
}

export function isNarrowed(search: AuditSearch): boolean {
  const { e: _, ...filter } = search
  return Object.values(filter).some((value) => value !== undefined && value !== '')
}
