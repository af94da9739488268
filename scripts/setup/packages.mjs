import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { carriedNode, modules, root } from './place.mjs'
import { lastLines, run } from './run.mjs'
import { SetupError, telling } from './speech.mjs'

/** Brings node_modules to what the lock says; with the tools for developing and testing, or without. */
export async function installPackages({ withTools }) {
  if (!isInstalled(withTools)) {
    await telling('Installing packages', () => install(withTools))
    if (!withTools) dropDeadWeight()
  }
  if (await runsCarriedNode()) return
  await telling('Fetching Node 24, as the install scripts did not run', fetchCarriedNode)
  if (await runsCarriedNode()) return
  throw new SetupError(
    'The Node 24 that the project runs on could not be installed.',
    'Run `npm rebuild node --foreground-scripts` to see why (install scripts may be switched off), then run this again.',
  )
}

/** npm writes what it installed into a hidden lock as its last step; so that file is there only after a whole install. */
function isInstalled(withTools) {
  const wanted = readLock(join(root, 'package-lock.json'))
  const present = readLock(join(modules, '.package-lock.json'))
  if (!wanted) throw new SetupError('package-lock.json is missing.', 'Get it back: git checkout package-lock.json')
  if (!present) return false
  return Object.entries(wanted).every(([path, entry]) => {
    // Platform-specific packages are optional; which of them belong here is npm's business.
    if (path === '' || entry.optional || entry.devOptional || (entry.dev && !withTools)) return true
    return present[path]?.version === entry.version && present[path]?.integrity === entry.integrity
  })
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return undefined
  }
}

async function install(withTools) {
  const { code, output } = await npm(['ci', ...(withTools ? [] : ['--omit=dev'])])
  if (code === 0) return
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(output)) {
    throw new SetupError(
      `The npm registry could not be reached.\n${lastLines(output, 5)}`,
      'Check the network (and `npm config get proxy`), then run this again.',
    )
  }
  throw new SetupError(
    `npm ci failed.\n${lastLines(output, 30)}`,
    'Put right what npm says above, then run this again.',
  )
}

/** The npm that called us, run by the Node that runs it: not by the one inside the folder that npm is about to replace. */
function npm(args) {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes(join('node_modules', '.bin')))
    .join(delimiter)
  const { npm_execpath: script, npm_node_execpath: node } = process.env
  const options = { cwd: root, env: { ...process.env, PATH: path } }
  if (script && node && !node.startsWith(modules)) return run(node, [script, ...args], options)
  return run('npm', args, { ...options, shell: process.platform === 'win32' })
}

/** Parts of two packages that nobody here loads: Node's C headers, and Monaco's other builds. 135 MB of a user's install. */
function dropDeadWeight() {
  const carriers = join(modules, 'node', 'node_modules')
  const headers = existsSync(carriers) ? readdirSync(carriers).map((name) => join(carriers, name, 'include')) : []
  for (const path of [...headers, join(modules, 'monaco-editor', 'dev'), join(modules, 'monaco-editor', 'min')]) {
    if (existsSync(path)) rmSync(path, { recursive: true })
  }
}

async function runsCarriedNode() {
  const { version } = JSON.parse(readFileSync(join(modules, 'node', 'package.json'), 'utf8'))
  const { code, output } = await run(carriedNode, ['--version'])
  return code === 0 && output.trim() === `v${version}`
}

/** What the package's own install script would have done, where npm was told to run none. */
async function fetchCarriedNode() {
  const folder = join(modules, 'node')
  await run(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder })
  const link = join(modules, '.bin', 'node')
  if (process.platform !== 'win32' && !existsSync(link)) symlinkSync(join('..', 'node', 'bin', 'node'), link)
}
