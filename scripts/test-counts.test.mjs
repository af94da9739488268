import { expect, test } from 'vitest'
import { afterSecondTry, countPlaywright, countVitest } from './test-counts.mjs'

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
  expect(countVitest(1, vitestReport).failures).toEqual([
    { name: 'meter.test.ts › refunds', why: 'expected 1 to be 2', file: 'meter.test.ts' },
  ])
  const failed = { status: 'unexpected', results: [{ error: { message: '\u001b[31mno button\u001b[39m\nat line 3' } }] }
  const spec = { file: 'chat.spec.ts', title: 'talks', tests: [failed] }
  const journeys = {
    stats: { expected: 0, unexpected: 1, flaky: 0, skipped: 0 },
    suites: [{ suites: [{ specs: [spec] }] }],
  }
  expect(countPlaywright(1, journeys).failures).toEqual([
    { name: 'chat.spec.ts › talks', why: 'no button', file: 'chat.spec.ts' },
  ])
  expect(countVitest(1, { numPassedTests: 2, testResults: [] }).failures).toEqual([
    { name: 'the runner', why: 'no test failed, yet it ended with code 1' },
  ])
})

test('what fails alone too has failed, what passes alone has passed and is named', () => {
  const [one, other] = ['draws', 'saves'].map((title) => ({
    name: `a.spec.ts › ${title}`,
    why: 'late',
    file: 'a.spec.ts',
  }))
  const first = { passed: 8, failed: 2, skipped: 1, failures: [one, other] }
  expect(afterSecondTry(first, { passed: 1, failed: 1, skipped: 0, failures: [other] })).toEqual({
    ...{ passed: 9, failed: 1, skipped: 1 },
    ...{ failures: [other], shaky: [one] },
  })
  expect(afterSecondTry(first, { passed: 2, failed: 0, skipped: 0, failures: [] }).failed).toBe(0)
})

test('a second try that ran nothing, or fell over by itself, counts for nothing', () => {
  const first = {
    passed: 8,
    failed: 1,
    skipped: 0,
    failures: [{ name: 'a.spec.ts › draws', why: 'late', file: 'a.spec.ts' }],
  }
  expect(
    afterSecondTry(first, countPlaywright(0, { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } })),
  ).toBe(first)
  expect(afterSecondTry(first, countVitest(1, undefined))).toBe(first)
})
