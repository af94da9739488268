import { expect, test } from 'vitest'
import { ranSummary } from './ran-summary.ts'

const said = (given: object) => ranSummary(JSON.stringify({ stdout: '', stderr: '', ...given }))

test('a program that ran is said in a line: how it ended, and the last it said', () => {
  expect(said({ status: 'completed', exit_code: 0, stdout: 'first\n5050\n' })).toBe('Completed: 5050')
  expect(said({ status: 'completed', exit_code: 0 })).toBe('Completed')
  expect(said({ status: 'exited', exit_code: 2, stderr: 'no file\n' })).toBe('Exited with code 2: no file')
  expect(said({ status: 'failed', error: "KeyError: 'gone'", stdout: 'half' })).toBe("Failed: KeyError: 'gone'")
  expect(said({ status: 'timed-out', detail: 'Ended after 30 s.' })).toBe('Timed out: Ended after 30 s.')
})

test('what any other tool gives is left as it is', () => {
  for (const text of ['', 'words', '{"status":"open"}', '[]', 'null']) expect(ranSummary(text)).toBeUndefined()
})
