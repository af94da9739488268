import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..', '..')
export const modules = join(root, 'node_modules')

/** The Node the project runs on, carried by the npm package `node`. */
export const carriedNode = join(
  modules,
  ...(process.platform === 'win32' ? ['node', 'bin', 'node.exe'] : ['.bin', 'node']),
)

/** Where the tests read which browser to use. */
export const browserNote = join(modules, '.cache', 'delegraph', 'browser.json')
