import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { carriedNode, modules, root } from './place.mjs'
import { lastLines, run } from './run.mjs'
import { SetupError, telling } from './speech.mjs'

const sources = ['web', 'shared', 'sandbox', 'public', 'vite.config.ts', 'package-lock.json', 'tsconfig.base.json']
const built = join(root, 'dist', 'web')
const note = join(root, 'dist', 'web.built-from')

/** Builds the web app when its sources changed. The new build takes the old one's place whole, or not at all. */
export async function buildWeb() {
  const wanted = hashOfSources()
  if (existsSync(join(built, 'index.html')) && readNote() === wanted) return
  await telling('Building the web app', async () => {
    const draft = join(root, 'dist', 'web-draft')
    const { code, output } = await run(carriedNode, [viteProgram(), 'build', '--outDir', draft, '--logLevel', 'warn'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
    })
    if (code !== 0)
      throw new SetupError(`The web app could not be built.\n${lastLines(output, 30)}`, 'Put right what is said above.')
    rmSync(built, { recursive: true, force: true })
    renameSync(draft, built)
    writeFileSync(note, wanted)
  })
}

function viteProgram() {
  return join(modules, 'vite', 'bin', 'vite.js')
}

function hashOfSources() {
  const hash = createHash('sha256')
  for (const path of sources.flatMap((source) => filesOf(source))) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Tests are no part of the app: a changed one is no reason to build. */
function filesOf(path) {
  if (!existsSync(join(root, path))) return []
  if (/\.test\.tsx?$/.test(path)) return []
  if (!statSync(join(root, path)).isDirectory()) return [path]
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`))
}

function readNote() {
  try {
    return readFileSync(note, 'utf8')
  } catch {
    return undefined
  }
}
