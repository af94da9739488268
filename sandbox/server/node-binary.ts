import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import type { Program } from './confine.ts'

type Brought = Pick<Program, 'binds' | 'env'>

/** The Node this server runs by, as programs inside find it. */
export function findNode(): Brought {
  return {
    binds: [[realpathSync(process.execPath), '/opt/node/bin/node']],
    env: { PATH: '/opt/node/bin:/usr/bin:/bin' },
  }
}

/** With the npm of this machine, if it has one, before which a word of ours says when it cannot work. */
export function findNodeAndNpm(): Brought {
  const node = findNode()
  const npm = findNpm()
  if (npm === undefined) return node
  return {
    binds: [
      ...node.binds,
      [npm, '/opt/node/lib/npm'],
      [join(import.meta.dirname, 'inside', 'npm.sh'), '/opt/node/bin/npm'],
    ],
    env: { ...node.env, ...npmSettings },
  }
}

const npmSettings = {
  npm_config_cache: '/tmp/.npm',
  npm_config_update_notifier: 'false',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_loglevel: 'warn',
  npm_config_logs_max: '0',
}

/** The package's folder: beside the program of that name on the path, or where installers put it. */
function findNpm(): string | undefined {
  const programs = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'npm'))
  const linked = programs.filter(existsSync).map((program) => dirname(dirname(realpathSync(program))))
  const folders = [...linked, '/usr/lib/node_modules/npm', '/usr/local/lib/node_modules/npm', '/usr/share/nodejs/npm']
  return folders.find((folder) => existsSync(join(folder, 'bin', 'npm-cli.js')))
}
