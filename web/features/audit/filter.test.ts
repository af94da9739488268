import { expect, test } from 'vitest'
import { parseAuditSearch } from './filter.ts'
import { isNarrowed, sliceOf } from './slice.ts'

const now = Date.parse('2026-02-01T12:00:30Z')

test('an address becomes a slice, and what does not fit is left out', () => {
  const search = parseAuditSearch({ who: 'key', about: 'budget', span: '24h', q: ' cap ', e: 7, w: 'Lead', chain: 3 })
  expect(search).toEqual({ who: 'key', about: 'budget', span: '24h', q: ' cap ', e: 7 })
  expect(sliceOf(search, now)).toEqual({
    ...{ actorKind: 'key', about: 'budget', text: 'cap', since: '2026-01-31T12:00:00.000Z' },
  })
  expect(sliceOf({ who: 'u-1' }, now)).toEqual({ actorId: 'u-1' })
})

test('an open entry narrows nothing', () => {
  expect(isNarrowed({ e: 4 })).toBe(false)
  expect(isNarrowed({ span: '1h' })).toBe(true)
})
