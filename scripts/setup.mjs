// What runs before `npm start`, `npm test` and the like: installs, builds and finds what is missing, and is quick when
// nothing is. Plain JavaScript for any Node from 20 on, as nothing is installed yet. Speaks on stderr only.
import { findBrowser } from './setup/browser.mjs'
import { installPackages } from './setup/packages.mjs'
import { makePythonSnapshot } from './setup/python-snapshot.mjs'
import { requireRuntime } from './setup/runtime.mjs'
import { alone } from './setup/setup-lock.mjs'
import { SetupError, say } from './setup/speech.mjs'
import { buildWeb } from './setup/web-build.mjs'

const modes = {
  start: { withTools: false, steps: [buildWeb, makePythonSnapshot] },
  dev: { withTools: true, steps: [makePythonSnapshot] },
  test: { withTools: true, steps: [buildWeb, makePythonSnapshot, findBrowser] },
}

try {
  const mode = modes[process.argv[2] ?? 'start']
  if (!mode)
    throw new SetupError(`There is no mode "${process.argv[2]}".`, `Use one of: ${Object.keys(modes).join(', ')}.`)
  requireRuntime()
  await alone(async () => {
    await installPackages(mode)
    for (const step of mode.steps) await step()
  })
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  say(`${error.message}\n  ${error.fix}`)
  process.exitCode = 1
}
