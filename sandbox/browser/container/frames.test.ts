import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameReader } from './frames.ts'

const word = 'w0rd'
const frame = (value: unknown) => `\u001e${word}${JSON.stringify(value)}\u001f`

test('frames are taken out wherever the text is cut, and what is none is an error’s', () => {
  const text = `loose${frame({ stream: 'stdout', text: 'one\n' })}${frame({ stream: 'stderr', text: 'two' })}${frame({ listening: 3000 })}\u001ebad${frame({ code: 0, value: '1', error: null })}end`
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
      const reader = frameReader(word)
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length]
      const chunks = places.flatMap((at, index) => reader.read(text.slice(at, places[index + 1] ?? at)))
      const of = (stream: string) => chunks.flatMap((chunk) => (chunk.stream === stream ? [chunk.text] : [])).join('')
      expect(of('stdout')).toBe('one\n')
      expect(of('stderr')).toBe('loosetwo\u001ebadend')
      expect([...reader.ports()]).toEqual([3000])
      expect(reader.over()).toEqual({ code: 0, value: '1', error: null })
    }),
  )
})

test('a flood in one piece is read in one pass', () => {
  const reader = frameReader(word)
  const flood = frame({ stream: 'stdout', text: 'x'.repeat(100) }).repeat(20_000)
  const started = performance.now()
  expect(reader.read(flood)).toHaveLength(20_000)
  expect(performance.now() - started).toBeLessThan(2_000)
})
