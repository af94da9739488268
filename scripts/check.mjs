// `npm run check`: types, lint and format, direction of imports, dead code. Silent about what is right; what is wrong is
// shown in the tool's own words.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { carriedNode, modules, root } from './setup/place.mjs'
import { run } from './setup/run.mjs'

const tool = (...path) => join(modules, ...path)

const checks = [
  { name: 'types', script: tool('typescript', 'bin', 'tsc'), args: ['-b', '--pretty'] },
  { name: 'lint and format', script: tool('@biomejs', 'biome', 'bin', 'biome'), args: ['ci', '.', '--colors=off'] },
  {
    name: 'direction of imports',
    script: tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
    args: [
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err-long',
      'shared',
      'sandbox',
      'api',
      'web',
      'tests',
      'scripts',
    ],
  },
  { name: 'dead code', script: tool('knip', 'bin', 'knip.js'), args: ['--no-progress'] },
]

/** Runs every check, two at a time, and tells how each went. Gives `{ passed, failed, failures }`, failures by name. */
export async function check(tell = (line) => process.stdout.write(`${line}\n`)) {
  const waiting = [...checks]
  const results = []
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results.push(await runOne(next, tell))
  }
  await Promise.all([worker(), worker()])
  const failures = results.filter(({ isRight }) => !isRight).map(({ name }) => name)
  return { passed: results.length - failures.length, failed: failures.length, failures }
}

async function runOne({ name, script, args }, tell) {
  const start = performance.now()
  const { code, output } = await run(carriedNode, [script, ...args], { cwd: root })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  tell(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
  if (code !== 0) tell(output.trimEnd())
  return { name, isRight: code === 0 }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { failed } = await check()
  process.exitCode = failed === 0 ? 0 : 1
}
