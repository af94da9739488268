import type { Position, RunError } from '../sandbox.ts'
import type { SourceMap } from './source-map.ts'

export type Positions = {
  /** Rewrites every place in the running module into the user's file, line and column. */
  inText(text: string): string
  error(name: string, message: string, stack: string): RunError
}

/** How a backend names the code it runs, and what is not there for it. */
export type Surroundings = {
  /** Finds a place: what it is called, then line and column. */
  readonly place: RegExp
  /** Lines that stand before the user's first, by what the place is called. */
  readonly headLines: Readonly<Record<string, number>>
  /** Names the code will miss, with the reason. */
  readonly absent: Readonly<Record<string, string>>
}

export function createPositions(entry: string, map: SourceMap | null, around: Surroundings = worker): Positions {
  const { place, headLines, absent } = around
  const locate = ([, as, line, column]: readonly (string | undefined)[]): Position | null => {
    if (as === undefined || line === undefined) return null
    const at = { line: Number(line) - (headLines[as] ?? 0), column: Number(column) }
    return map === null ? { file: entry, ...at } : map.locate(at.line, at.column)
  }
  const inText = (text: string) =>
    text.replace(place, (...match) => {
      const found = locate(match)
      return found === null ? entry : `${found.file}:${found.line}:${found.column}`
    })

  return {
    inText,
    error(name, message, stack) {
      const explained = explain(name, message, absent)
      const at = locate([...stack.matchAll(place)].find((match) => match[2] !== undefined) ?? [])
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
  module: `${node}; use export`,
  exports: `${node}; use export`,
  __dirname: node,
  __filename: node,
  fs: 'import it from node:fs',
  Deno: node,
  Bun: node,
}

/** What the worker calls the code it runs: `main` as a module, `body` as a function whose head takes three lines. */
const worker: Surroundings = {
  place: /sandbox:\/\/\/(main|body)\.js(?::(\d+):(\d+))?/g,
  headLines: { main: 0, body: 3 },
  absent,
}

/** `typeof process` must stay "undefined" for code that asks first, so the reason is given only to code that did not. */
function explain(name: string, message: string, absent: Surroundings['absent']): string {
  const missing = name === 'ReferenceError' ? /^(\w+) is not defined$/.exec(message)?.[1] : undefined
  const why = missing !== undefined && Object.hasOwn(absent, missing) ? absent[missing] : undefined
  return why === undefined ? message : `${missing} is not available in this sandbox: ${why}`
}
