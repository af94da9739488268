import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { carriedNode, modules, root } from './place.mjs'
import { lastLines, run } from './run.mjs'
import { say, telling } from './speech.mjs'

const maker = join(root, 'scripts', 'make-python-snapshot.mjs')
const runner = join(root, 'sandbox', 'browser', 'inside', 'python-runner.ts')
const folder = join(modules, '.cache', 'delegraph')
const files = [join(folder, 'python-snapshot.bin'), join(folder, 'python-snapshot.json')]
const note = join(folder, 'python-snapshot.made-from')

/** The memory of a Python that has started, so that browsers need not start one: eight seconds become one. */
export async function makePythonSnapshot() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(modules, 'pyodide', 'package.json')))
    .update(readFileSync(maker))
    .update(readFileSync(runner))
    .digest('hex')
  if ([...files, note].every(existsSync) && readFileSync(note, 'utf8') === wanted) return
  mkdirSync(folder, { recursive: true })
  await telling('Preparing Python for the browser', async () => {
    const { code, output } = await run(carriedNode, [maker, ...files])
    if (code === 0) writeFileSync(note, wanted)
    // Without it Python in the browser only starts more slowly.
    else say(`Python for the browser could not be prepared:\n${lastLines(output, 10)}`)
  })
}
