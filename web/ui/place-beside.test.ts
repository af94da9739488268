import { expect, test } from 'vitest'
import { placeBeside } from './place-beside.ts'

const room = { width: 1000, height: 600 }
const box = { width: 100, height: 20 }

test('it stands centred on the wished side', () => {
  expect(placeBeside({ left: 400, top: 100, width: 40, height: 40 }, box, 'bottom', room)).toEqual({
    left: 370,
    top: 146,
  })
})

test('it changes sides where there is no room', () => {
  expect(placeBeside({ left: 400, top: 570, width: 40, height: 20 }, box, 'bottom', room).top).toBe(544)
  expect(placeBeside({ left: 960, top: 100, width: 30, height: 20 }, box, 'right', room).left).toBe(854)
})

test('it never crosses the edge of the window', () => {
  expect(placeBeside({ left: 0, top: 100, width: 20, height: 20 }, box, 'bottom', room).left).toBe(8)
})
