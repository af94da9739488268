import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { defineCommand } from 'citty'

const program = join(import.meta.dirname, '..', '..', 'tests', 'bench', 'main.ts')

/** The benches live with the tests and are no part of the running program, so they get a process of their own. */
export const benchCommand = defineCommand({
  meta: {
    name: 'bench',
    description:
      'Measure: auth, startup, events, graph, editor, engine, sandbox-browser, sandbox-server or bundle; --json for one JSON line.',
  },
  async run({ rawArgs }) {
    const bench = spawn(process.execPath, [program, ...rawArgs], { stdio: 'inherit' })
    const [code] = await once(bench, 'close')
    process.exitCode = typeof code === 'number' ? code : 1
  },
})
