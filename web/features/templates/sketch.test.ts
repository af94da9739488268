import { expect, test } from 'vitest'
import { sketchOf } from './sketch.ts'

test('a chart is drawn level by level, with a line to each report, inside its frame', () => {
  const { boxes, lines, width, height } = sketchOf([['Lead'], ['Lead', 'Writer'], ['Lead', 'Coder']])
  expect(boxes.map(({ name }) => name)).toEqual(['Lead', 'Writer', 'Coder'])
  expect(lines).toHaveLength(2)
  const [lead, writer, coder] = boxes
  expect(writer?.y).toBe(coder?.y)
  expect(lead?.y).toBeLessThan(writer?.y ?? 0)
  expect(lead?.x).toBe(((writer?.x ?? 0) + (coder?.x ?? 0)) / 2)
  for (const { x, y } of boxes) {
    expect(x).toBeGreaterThan(40)
    expect(x).toBeLessThan(width - 40)
    expect(y).toBeLessThan(height)
  }
})
