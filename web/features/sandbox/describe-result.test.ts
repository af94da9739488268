import { describe, expect, test } from 'vitest'
import type { RunOutcome } from '#sandbox/sandbox.ts'
import { describeResult, formatDuration } from './describe-result.ts'

const words = (outcome: RunOutcome, durationMs = 1234) => describeResult({ ...outcome, durationMs })

describe('the words for a run that ended', () => {
  test('one that completed needs no more than how long it took', () => {
    expect(words({ kind: 'completed', exitCode: 0, value: null }, 4.26)).toEqual({
      state: 'completed',
      word: 'Completed in 4.3 ms',
      detail: null,
      stack: null,
      at: null,
    })
  })

  test('a failure shows the error once, its frames and its place', () => {
    const at = { file: 'snippet.ts', line: 3, column: 9 }
    const error = {
      name: 'RangeError',
      message: 'too far',
      stack: 'RangeError: too far\n    at f (snippet.ts:3:9)',
      at,
    }
    expect(words({ kind: 'failed', phase: 'run', error })).toEqual({
      state: 'failed',
      word: 'Failed after 1.2 s',
      detail: 'RangeError: too far',
      stack: '    at f (snippet.ts:3:9)',
      at,
    })
  })

  test('what was ended by us says why and what to do', () => {
    expect(words({ kind: 'timed-out', limitMs: 10_000 }).detail).toContain('after 10 s')
    expect(words({ kind: 'output-limit', limitBytes: 200_000 }).detail).toContain('200 kB')
    expect(words({ kind: 'crashed', reason: 'It ran out of memory.' }).detail).toContain('Run it again')
    expect(words({ kind: 'unavailable', reason: 'No frame.' })).toMatchObject({ state: 'failed', detail: 'No frame.' })
    expect(words({ kind: 'stopped' }).state).toBe('cancelled')
  })
})

test('durations keep two digits that matter', () => {
  expect([0.42, 9.96, 42.4, 999, 1000, 9_900, 12_400].map(formatDuration)).toEqual([
    '0.4 ms',
    '10.0 ms',
    '42 ms',
    '999 ms',
    '1 s',
    '9.9 s',
    '12 s',
  ])
})
