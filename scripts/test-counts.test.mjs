import { expect, test } from 'vitest'
import { countPlaywright, countVitest } from './test-counts.mjs'

const vitestReport = {
  ...{ numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 },
  testResults: [{ status: 'failed', assertionResults: [{}] }],
}

test('a vitest report is counted, todo tests as skipped', () => {
  expect(countVitest(1, vitestReport)).toEqual({ passed: 3, failed: 1, skipped: 2 })
})

test('a test file that cannot be loaded is a failure', () => {
  const testResults = [...vitestReport.testResults, { status: 'failed', assertionResults: [] }]
  expect(countVitest(1, { ...vitestReport, testResults }).failed).toBe(2)
})

test('a flaky journey is a failure', () => {
  const stats = { expected: 5, unexpected: 0, flaky: 1, skipped: 0 }
  expect(countPlaywright(0, { stats })).toEqual({ passed: 5, failed: 1, skipped: 0 })
})

test('a runner that ends badly without naming a test, or without a report, never counts as passed', () => {
  expect(countPlaywright(1, { stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 0 } }).failed).toBe(1)
  expect(countVitest(0, undefined).failed).toBe(1)
  expect(countPlaywright(0, undefined).failed).toBe(1)
})
