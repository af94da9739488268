/** Counts from vitest's JSON report. A file that could not even be loaded, or a run without report, is one failure. */
export function countVitest(exitCode, report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
  )
  const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0)
  return withExit(exitCode, { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length, skipped })
}

/** Counts from Playwright's JSON report. A test that passed only when tried again is a failure. */
export function countPlaywright(exitCode, report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  return withExit(exitCode, { passed: expected, failed: unexpected + flaky, skipped })
}

/** A runner that ends badly without naming a test (an error outside of one, no tests at all) failed once. */
function withExit(exitCode, count) {
  return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}
