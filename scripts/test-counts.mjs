/** Counts from vitest's JSON report. A file that could not even be loaded, or a run without report, is one failure. */
export function countVitest(exitCode, report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0, failures: ['vitest left no report'] }
  const failures = report.testResults.filter(({ status }) => status === 'failed').flatMap(failuresOfFile)
  const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0)
  return withExit(exitCode, { passed: report.numPassedTests, failed: failures.length, skipped, failures })
}

/** Counts from Playwright's JSON report. A test that passed only when tried again is a failure. */
export function countPlaywright(exitCode, report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0, failures: ['Playwright left no report'] }
  const { expected, unexpected, flaky, skipped } = report.stats
  const failures = (report.suites ?? []).flatMap((suite) => failuresOfSuite(suite))
  return withExit(exitCode, { passed: expected, failed: unexpected + flaky, skipped, failures })
}

/** A runner that ends badly without naming a test (an error outside of one, no tests at all) failed once. */
function withExit(exitCode, count) {
  if (exitCode === 0 || count.failed > 0) return count
  return { ...count, failed: 1, failures: [`no test failed, yet the runner ended with code ${exitCode}`] }
}

function failuresOfFile({ name, message, assertionResults }) {
  if (!assertionResults.length) return [`${name}: ${firstLine(message)}`]
  return assertionResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => `${name} › ${fullName}: ${firstLine(failureMessages?.[0])}`)
}

function failuresOfSuite(suite) {
  const here = (suite.specs ?? [])
    .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected' || status === 'flaky'))
    .map(({ file, title, tests }) => `${file} › ${title}: ${firstLine(tests[0]?.results[0]?.error?.message)}`)
  return [...here, ...(suite.suites ?? []).flatMap((inner) => failuresOfSuite(inner))]
}

function firstLine(message) {
  return (message || 'no message').split('\n', 1)[0]
}
