import type { Position, RunError } from '../sandbox.ts'
import type { SourceMap } from './source-map.ts'

export type Positions = {
  /** Rewrites every place in the running module into the user's file, line and column. */
  inText(text: string): string
  error(name: string, message: string, stack: string): RunError
}

/** The worker calls the module it runs by this name; see `harness.ts`. */
const place = /sandbox:\/\/\/main\.js(?::(\d+):(\d+))?/g

export function createPositions(entry: string, map: SourceMap | null): Positions {
  const locate = (line: number, column: number): Position | null =>
    map === null ? { file: entry, line, column } : map.locate(line, column)
  const inText = (text: string) =>
    text.replace(place, (_whole, line?: string, column?: string) => {
      if (line === undefined) return entry
      const found = locate(Number(line), Number(column))
      return found === null ? entry : `${found.file}:${found.line}:${found.column}`
    })

  return {
    inText,
    error(name, message, stack) {
      const explained = explain(name, message)
      const [first] = [...stack.matchAll(place)].filter((match) => match[1] !== undefined)
      const at = first === undefined ? null : locate(Number(first[1]), Number(first[2]))
      const shown = explained === message ? stack : stack.replace(message, () => explained)
      return { name, message: inText(explained), stack: inText(shown), at }
    },
  }
}

const page = 'it has no page'
const node = 'it is a browser worker, not Node'
const absent: Readonly<Record<string, string>> = {
  window: page,
  document: page,
  localStorage: 'it stores nothing',
  sessionStorage: 'it stores nothing',
  indexedDB: 'it stores nothing',
  caches: 'it stores nothing',
  process: node,
  Buffer: node,
  global: `${node}; use globalThis`,
  module: `${node}; use export`,
  exports: `${node}; use export`,
  __dirname: node,
  __filename: node,
  fs: 'it has no file system',
  Deno: node,
  Bun: node,
}

/** `typeof process` must stay "undefined" for code that asks first, so the reason is given only to code that did not. */
function explain(name: string, message: string): string {
  const missing = name === 'ReferenceError' ? /^(\w+) is not defined$/.exec(message)?.[1] : undefined
  const why = missing !== undefined && Object.hasOwn(absent, missing) ? absent[missing] : undefined
  return why === undefined ? message : `${missing} is not available in this sandbox: ${why}`
}
