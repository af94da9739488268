import { expect, test } from 'vitest'
import { countPlaywright, countVitest } from './test-counts.mjs'

const vitestReport = {
  ...{ numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 },
  testResults: [
    {
      name: 'meter.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'charges', failureMessages: [] },
        { status: 'failed', fullName: 'refunds', failureMessages: ['expected 1 to be 2\nat meter.test.ts:3'] },
      ],
    },
  ],
}

test('a vitest report is counted, todo tests as skipped', () => {
  expect(countVitest(1, vitestReport)).toMatchObject({ passed: 3, failed: 1, skipped: 2 })
})

test('a test file that cannot be loaded is a failure', () => {
  const testResults = [...vitestReport.testResults, { name: 'broken.test.ts', status: 'failed', assertionResults: [] }]
  expect(countVitest(1, { ...vitestReport, testResults }).failed).toBe(2)
})

test('a flaky journey is a failure', () => {
  const stats = { expected: 5, unexpected: 0, flaky: 1, skipped: 0 }
  expect(countPlaywright(0, { stats })).toMatchObject({ passed: 5, failed: 1, skipped: 0 })
})

test('a runner that ends badly without naming a test, or without a report, never counts as passed', () => {
  expect(countPlaywright(1, { stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 0 } }).failed).toBe(1)
  expect(countVitest(0, undefined).failed).toBe(1)
  expect(countPlaywright(0, undefined).failed).toBe(1)
})

test('what failed is named with its file and the first line of why, for a log that is cut keeps its end', () => {
  expect(countVitest(1, vitestReport).failures).toEqual(['meter.test.ts › refunds: expected 1 to be 2'])
  const failed = { status: 'unexpected', results: [{ error: { message: 'no button\nat line 3' } }] }
  const spec = { file: 'chat.spec.ts', title: 'talks', tests: [failed] }
  const journeys = {
    stats: { expected: 0, unexpected: 1, flaky: 0, skipped: 0 },
    suites: [{ suites: [{ specs: [spec] }] }],
  }
  expect(countPlaywright(1, journeys).failures).toEqual(['chat.spec.ts › talks: no button'])
  expect(countVitest(1, { numPassedTests: 2, testResults: [] }).failures).toEqual([
    'no test failed, yet the runner ended with code 1',
  ])
})
