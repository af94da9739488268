// `npm test`: every check, every test, every journey; all of them, also after one failed. The last line is the count.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { check } from './check.mjs'
import { browserNote, carriedNode, modules, root } from './setup/place.mjs'
import { afterSecondTry, countPlaywright, countVitest, mostTriedAgain } from './test-counts.mjs'

const reports = join(dirname(browserNote), 'reports')
const vitestReport = join(reports, 'vitest.json')
const playwrightReport = join(reports, 'playwright.json')
/** `npm run chaos` plays more of them, with seeds of the day. */
const chaosRounds = 20
/** `npm run monkey` plays for ten. */
const monkeyMinutes = 1.2

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const counts = [
  await stage('checks', () => check()),
  await stage('unit, database and sandbox tests', () => twice(vitest)),
  await stage('kills at random moments', async () => {
    const code = await runHere(join(root, 'tests', 'chaos', 'main.ts'), ['--rounds', `${chaosRounds}`, '--seed', '1'])
    return code === 0
      ? { passed: chaosRounds, failed: 0 }
      : { passed: 0, failed: 1, failures: [{ name: 'kills at random moments', why: 'see above' }] }
  }),
  await stage('a monkey in two browsers', async () => {
    const code = await runHere(join(root, 'tests', 'monkey', 'main.ts'), [
      '--seed',
      '1',
      '--minutes',
      `${monkeyMinutes}`,
    ])
    return code === 0
      ? { passed: 1, failed: 0 }
      : { passed: 0, failed: 1, failures: [{ name: 'a monkey in two browsers', why: 'see above' }] }
  }),
  await stage('journeys in the browser', () => twice(playwright)),
]

const total = (what) => counts.reduce((sum, count) => sum + (count[what] ?? 0), 0)
const skipped = total('skipped')
tell('What passed only alone, after it failed beside others', 'shaky')
tell('What failed', 'failures')
process.stdout.write(`\n${total('passed')} passed, ${total('failed')} failed${skipped ? `, ${skipped} skipped` : ''}\n`)
process.exitCode = total('failed') === 0 ? 0 : 1

function tell(heading, kind) {
  const found = counts.flatMap((count) => count[kind] ?? [])
  if (found.length === 0) return
  process.stdout.write(`\n${heading}:\n${found.map(({ name, why }) => `  ${name}: ${why}`).join('\n')}\n`)
}

/** Runs all; a few that failed once more, alone, on a machine that does nothing else. */
async function twice(run) {
  const first = await run()
  const files = [...new Set(first.failures.map(({ file }) => file))]
  if (first.failed === 0 || first.failed > mostTriedAgain || files.includes(undefined)) return first
  process.stdout.write(
    `\n── failed, tried again alone:\n${first.failures.map(({ name, why }) => `  ${name}: ${why}`).join('\n')}\n`,
  )
  return afterSecondTry(first, await run(files))
}

async function vitest(files = []) {
  rmSync(vitestReport, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`]
  const alone = files.length > 0 ? ['--maxWorkers=1', ...files] : []
  const code = await runHere(join(modules, 'vitest', 'vitest.mjs'), ['run', ...reporters, ...alone])
  return countVitest(code, readReport(vitestReport))
}

async function playwright(files = []) {
  rmSync(playwrightReport, { force: true })
  const alone = files.length > 0 ? ['--workers=1', '--last-failed'] : []
  const code = await runHere(join(modules, '@playwright', 'test', 'cli.js'), ['test', '--reporter=list,json', ...alone])
  return countPlaywright(code, readReport(playwrightReport))
}

async function stage(name, work) {
  process.stdout.write(`\n── ${name}\n`)
  const start = performance.now()
  const count = await work()
  process.stdout.write(`── ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s\n`)
  return count
}

function runHere(script, args) {
  return new Promise((resolve) => {
    const child = spawn(carriedNode, [script, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, CHROMIUM_PATH: browserPath(), PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
    })
    child.once('error', () => resolve(127))
    child.once('close', (code) => resolve(code ?? 1))
  })
}

function browserPath() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  return existsSync(browserNote) ? JSON.parse(readFileSync(browserNote, 'utf8')).executablePath : ''
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
