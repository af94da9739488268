import { expect, test } from 'vitest'
import { compareRuns, saidIn } from './compare-runs.ts'

const out = (text: string) => ({ stream: 'stdout' as const, text })
const err = (text: string) => ({ stream: 'stderr' as const, text })
const record = {
  ...{ backend: 'bubblewrap', outcome: 'completed', detail: '', durationMs: 5, leftOut: 0, limits: {} },
  output: [out('1\n2\n'), err('careful\n')],
}
const completed = { kind: 'completed', exitCode: 0, value: null, durationMs: 1 } as const

test('the same words on both streams are the same, in whatever pieces they came', () => {
  const now = { result: completed, output: [out('1\n'), err('careful\n'), out('2\n')] }
  expect(compareRuns(record, now)).toEqual({ isSameEnd: true, output: 'same' })
})

test('another end and other words are told apart', () => {
  const failed = { kind: 'exited', exitCode: 2, durationMs: 1 } as const
  expect(compareRuns(record, { result: failed, output: [out('1\n')] })).toEqual({
    isSameEnd: false,
    output: 'different',
  })
})

test('of output that was cut nothing is claimed', () => {
  const now = { result: completed, output: [out('x')] }
  expect(compareRuns({ ...record, leftOut: 5 }, now).output).toBe('unknown')
  const clipped = { ...record, output: [out('a\n… 12 characters left out …\nb')] }
  expect(compareRuns(clipped, now).output).toBe('unknown')
})

test('what was said is read as one text', () => {
  expect(saidIn([err('late'), out('early')])).toBe('early\nlate')
  expect(saidIn([out('only')])).toBe('only')
})
