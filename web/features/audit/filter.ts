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
