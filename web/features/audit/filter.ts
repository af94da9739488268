import type { AuditSlice } from '#shared/audit/contract.ts'

/** What the address says of the audit: the filter, and which entry is open. */
export type AuditSearch = {
  who?: string
  about?: string
  w?: string
  span?: Span
  q?: string
  chain?: string
  e?: number
}

export const spans = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000, '30d': 2_592_000_000 } as const
export type Span = keyof typeof spans

/** Reads the search part of the address; what does not fit is left out. */
export function parseAuditSearch(search: Record<string, unknown>): AuditSearch {
  const text = (key: string, shape: RegExp) => {
    const value = search[key]
    return typeof value === 'string' && shape.test(value) ? { [key]: value } : {}
  }
  const span = search.span
  const e = search.e
  return {
    ...text('who', /^.{1,120}$/),
    ...text('about', /^[a-z-]{1,40}$/),
    ...text('w', uuid),
    ...text('q', /^.{1,120}$/),
    ...text('chain', uuid),
    ...(isSpan(span) && { span }),
    ...(typeof e === 'number' && Number.isSafeInteger(e) && e > 0 && { e }),
  }
}

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

function isSpan(value: unknown): value is Span {
  return typeof value === 'string' && Object.hasOwn(spans, value)
}

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
