import { expect, test } from 'vitest'
import { readSliceFlags } from './audit-slice.ts'

const now = new Date('2026-02-01T12:00:00Z')

test('times are days, moments or how long ago', () => {
  expect(readSliceFlags({ since: '2026-01-31', until: '90m' }, now)).toEqual({
    since: '2026-01-31T00:00:00Z',
    until: '2026-02-01T10:30:00.000Z',
  })
  expect(readSliceFlags({ since: '7d' }, now)).toEqual({ since: '2026-01-25T12:00:00.000Z' })
  expect(readSliceFlags({}, now)).toEqual({})
})

test('what cannot be read names its option', () => {
  expect(() => readSliceFlags({ since: 'yesterday' }, now)).toThrow('--since cannot be read.')
  expect(() => readSliceFlags({ workspace: 'Lead' }, now)).toThrow('--workspace cannot be read.')
})
