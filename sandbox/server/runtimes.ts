import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Language } from '../sandbox.ts'
import type { Program } from './confine.ts'
import { findNodeAndNpm } from './node-binary.ts'
import type { TarFile } from './remote/tar.ts'

/** What runs a language. */
export type Runtime = { readonly name: string; readonly languages: readonly Language[] }

/** With the program that does: where it lies outside and inside, and the runner of ours that it starts. */
export type ConfinedRuntime = Runtime & Program

const inside = join(import.meta.dirname, 'inside')
const runnerFolder = '/opt/delegraph'

/** The runtimes this machine has. Deno comes with the project, Python from the system. */
export function findRuntimes({ heapMb }: { heapMb: number }): readonly ConfinedRuntime[] {
  const deno = findDeno()
  const found: ConfinedRuntime[] = []
  if (deno) {
    found.push({
      name: 'deno',
      languages: ['javascript', 'typescript'],
      binds: [
        [deno, '/opt/deno'],
        [join(inside, 'run-deno.js'), `${runnerFolder}/run.js`],
      ],
      command: denoCommand('/opt/deno', heapMb),
      env: denoEnvironment,
    })
  }
  const python = ['/usr/bin/python3', '/usr/local/bin/python3'].find((path) => existsSync(path))
  if (python) {
    found.push({
      name: 'python',
      languages: ['python'],
      binds: [[join(inside, 'run_python.py'), `${runnerFolder}/run.py`]],
      command: [realpathSync(python), '-I', '-B', `${runnerFolder}/run.py`],
      env: { PYTHONIOENCODING: 'utf-8' },
    })
  }
  return found
}

/** For where the programs are installed already and only our runners are brought. */
export type CarriedRuntime = Runtime & Pick<Program, 'command' | 'env'> & { readonly files: readonly TarFile[] }

/** The same runtimes, by the names `deno`, `python3` and `node` on the path of the place they run in. */
export function carriedRuntimes({ heapMb }: { heapMb: number }): {
  readonly runtimes: readonly CarriedRuntime[]
  readonly project: CarriedRuntime
} {
  const carried = (name: string) => [{ path: `opt/delegraph/${name}`, bytes: readFileSync(join(inside, name)) }]
  const runner = (name: string) => `${runnerFolder}/${name}`
  const deno: CarriedRuntime = {
    ...{ name: 'deno', languages: ['javascript', 'typescript'], files: carried('run-deno.js') },
    ...{ command: denoCommand('deno', heapMb, runner('run-deno.js')), env: denoEnvironment },
  }
  const python: CarriedRuntime = {
    ...{ name: 'python', languages: ['python'], files: carried('run_python.py') },
    ...{ command: ['python3', '-I', '-B', runner('run_python.py')], env: { PYTHONIOENCODING: 'utf-8' } },
  }
  const project: CarriedRuntime = {
    ...{ name: 'project', languages: [], files: carried('run-command.mjs') },
    ...{ command: ['node', runner('run-command.mjs')], env: { ...denoEnvironment, PYTHONDONTWRITEBYTECODE: '1' } },
  }
  return { runtimes: [deno, python], project }
}

const denoEnvironment = { DENO_DIR: '/tmp/.deno', DENO_NO_UPDATE_CHECK: '1' }

/** All is allowed inside: what may be reached is decided by the walls around it, not by the program within. */
function denoCommand(program: string, heapMb: number, runner = `${runnerFolder}/run.js`): readonly string[] {
  const quietly = ['--quiet', '--no-config', '--no-lock', '--no-remote', '--no-npm', '--unstable-sloppy-imports']
  return [program, 'run', '--allow-all', ...quietly, `--v8-flags=--max-old-space-size=${heapMb}`, runner]
}

/** Whole projects: Node with npm, Deno and Python, by a command of the project's own. */
export function findProjectRuntime(): ConfinedRuntime {
  const { binds, env } = findNodeAndNpm()
  const deno = findDeno()
  return {
    name: 'project',
    languages: [],
    binds: [
      ...binds,
      ...(deno ? [[deno, '/opt/node/bin/deno'] as const] : []),
      [join(inside, 'run-command.mjs'), `${runnerFolder}/run-command.mjs`],
    ],
    command: ['/opt/node/bin/node', `${runnerFolder}/run-command.mjs`],
    env: { ...env, ...denoEnvironment, PYTHONDONTWRITEBYTECODE: '1' },
  }
}

/** The binary itself, not the script that looks for it. */
function findDeno(): string | undefined {
  const { resolve } = createRequire(import.meta.url)
  const libc = process.platform === 'linux' ? '-glibc' : ''
  try {
    const packageFile = resolve(`@deno/${process.platform}-${process.arch}${libc}/package.json`)
    const path = join(packageFile, '..', 'deno')
    return existsSync(path) ? realpathSync(path) : undefined
  } catch {
    return undefined
  }
}
