import { expect, test } from 'vitest'
import { parsePlace } from './search-params.ts'

const id = '0195d6a0-1111-7abc-8def-0123456789ab'

test('a place survives the way through the URL', () => {
  const place = { w: id, tab: 'work', dock: 'config', d: id }
  expect(parsePlace(place)).toEqual(place)
})

test('what does not fit is left out', () => {
  expect(parsePlace({ w: '1', tab: '<b>', dock: 'attic', d: 7, x: 'y' })).toEqual({})
})
