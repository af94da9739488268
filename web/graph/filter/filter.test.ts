import { describe, expect, it } from 'vitest'
import { isMatch, nextMatch, parseFilter } from './filter.ts'

const writer = { name: 'Night Writer', role: 'Writes reports', model: 'anthropic:haiku' }
const finds = (query: string, status = 'Needs approval') => isMatch(parseFilter(query), writer, status)

describe('a search on the graph', () => {
  it('looks in name, role, model and status', () => {
    expect(['night', 'REPORTS', 'haiku', 'approval'].map((query) => finds(query))).toEqual([true, true, true, true])
    expect(finds('opus')).toBe(false)
  })

  it('wants every word', () => {
    expect(finds('writer haiku')).toBe(true)
    expect(finds('writer opus')).toBe(false)
  })

  it('looks in one field where it is named, and takes quoted words together', () => {
    expect(finds('status:approval model:haiku')).toBe(true)
    expect(finds('name:haiku')).toBe(false)
    expect(finds('name:"night writer"')).toBe(true)
    expect(finds('name:"writer night"')).toBe(false)
  })

  it('takes what is no field as text, for models have colons in them', () => {
    expect(parseFilter('anthropic:haiku')).toEqual([{ field: undefined, text: 'anthropic:haiku' }])
    expect(parseFilter('  status: ')).toEqual([])
  })

  it('goes from match to match and round at the ends', () => {
    expect(nextMatch(['a', 'b', 'c'], undefined, 1)).toBe('a')
    expect(nextMatch(['a', 'b', 'c'], undefined, -1)).toBe('c')
    expect(nextMatch(['a', 'b', 'c'], 'c', 1)).toBe('a')
    expect(nextMatch(['a', 'b', 'c'], 'a', -1)).toBe('c')
    expect(nextMatch(['a', 'b'], 'gone', 1)).toBe('a')
    expect(nextMatch([], 'a', 1)).toBeUndefined()
  })
})
