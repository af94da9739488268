/** Modules of Node of which there is a small stand-in in a worker. Everything else of Node is refused where it is imported. */
export const shimNames = [
  'assert',
  'assert/strict',
  'buffer',
  'crypto',
  'events',
  'fs',
  'fs/promises',
  'http',
  'os',
  'path',
  'path/posix',
  'process',
  'timers',
  'timers/promises',
  'url',
  'util',
] as const

export type ShimName = (typeof shimNames)[number]
export type ShimGlobal = (typeof shimGlobals)[number]

/** Where a compiled module finds them: a function on the worker's global, by this key of the global symbols. */
export const shimKey = 'delegraph.node'

/** Of Node's globals, those that a worker has by us. */
export const shimGlobals = ['process', 'Buffer', 'global'] as const

/** With or without `node:`; undefined where there is none. */
export function shimNamed(asked: string): ShimName | undefined {
  const bare = asked.replace(/^node:/, '')
  return shimNames.find((name) => name === bare)
}
