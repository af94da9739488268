import { stripVTControlCharacters } from 'node:util'

/** So few may be a machine that was busy; more are a fault of the change. */
export const mostTriedAgain = 3

/**
 * What the first run and a second one of only what failed come to. What fails alone too has failed; what passes alone has
 * passed and is named as `shaky`, for somebody to look at.
 */
export function afterSecondTry(first, second) {
  const names = new Set(second.failures.map(({ name }) => name))
  // A runner that fails without naming a test of the first run proves nothing.
  const isKnown = second.failures.every(({ name }) => first.failures.some((failure) => failure.name === name))
  if (!isKnown || second.passed + second.failed === 0) return first
  const shaky = first.failures.filter(({ name }) => !names.has(name))
  return {
    ...{ passed: first.passed + shaky.length, failed: second.failures.length, skipped: first.skipped },
    ...{ failures: second.failures, shaky },
  }
}

/** Counts from vitest's JSON report. A file that could not even be loaded, or a run without report, is one failure. */
export function countVitest(exitCode, report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0, failures: [failure('vitest', 'it left no report')] }
  const failures = report.testResults.filter(({ status }) => status === 'failed').flatMap(failuresOfFile)
  const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0)
  return withExit(exitCode, { passed: report.numPassedTests, failed: failures.length, skipped, failures })
}

/** Counts from Playwright's JSON report. */
export function countPlaywright(exitCode, report) {
  if (!report) return { passed: 0, failed: 1, skipped: 0, failures: [failure('Playwright', 'it left no report')] }
  const { expected, unexpected, flaky, skipped } = report.stats
  const failures = (report.suites ?? []).flatMap((suite) => failuresOfSuite(suite))
  return withExit(exitCode, { passed: expected, failed: unexpected + flaky, skipped, failures })
}

/** A runner that ends badly without naming a test (an error outside of one, no tests at all) failed once. */
function withExit(exitCode, count) {
  if (exitCode === 0 || count.failed > 0) return count
  return {
    ...count,
    failed: 1,
    failures: [failure('the runner', `no test failed, yet it ended with code ${exitCode}`)],
  }
}

function failuresOfFile({ name, message, assertionResults }) {
  if (!assertionResults.length) return [failure(name, message, name)]
  return assertionResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => failure(`${name} › ${fullName}`, failureMessages?.[0], name))
}

function failuresOfSuite(suite) {
  const here = (suite.specs ?? [])
    .filter(({ tests }) => tests.some(({ status }) => status === 'unexpected' || status === 'flaky'))
    .map(({ file, title, tests }) => failure(`${file} › ${title}`, tests[0]?.results[0]?.error?.message, file))
  return [...here, ...(suite.suites ?? []).flatMap((inner) => failuresOfSuite(inner))]
}

/** Of what went wrong the first line; `file` is what to run to try it again. */
function failure(name, message, file) {
  return { name, why: stripVTControlCharacters(message || 'no message').split('\n', 1)[0], ...(file && { file }) }
}
