import { stripTypeScriptTypes } from 'node:module'
import { posix } from 'node:path'
import { readSourceMap, type SourceMap } from '../../browser/source-map.ts'
import type { Position, RunError } from '../../sandbox.ts'

export type Modules = {
  /** The path of the file an import means; its own words where there is none. */
  resolve(importer: string, specifier: string): string
  /** What the engine reads for a file: JavaScript of the same lines, as far as TypeScript lets it. Throws for what is not there. */
  source(path: string): string
  /** Where a place in that JavaScript is in the user's own file. */
  locate(at: Position): Position
  /** What kept a file from being read, if anything did. */
  problem(): RunError | undefined
}

/** The files of one run as modules that import each other; there are no packages and nothing of Node. */
export function createModules(files: ReadonlyMap<string, string>): Modules {
  const maps = new Map<string, SourceMap>()
  const missing = new Map<string, RunError>()
  let problem: RunError | undefined
  const refuse = (error: RunError): Error => {
    problem = error
    return new Error(error.message)
  }

  return {
    resolve(importer, specifier) {
      const found = specifier.startsWith('.') ? findFile(files, importer, specifier) : undefined
      if (found !== undefined) return found
      missing.set(specifier, {
        name: 'ImportError',
        ...{ message: whyMissing(specifier), stack: '' },
        at: placeOf(files, importer, specifier),
      })
      return specifier
    },
    source(path) {
      const text = files.get(path)
      if (text === undefined)
        throw refuse(missing.get(path) ?? { name: 'ImportError', message: whyMissing(path), stack: '', at: null })
      if (path.endsWith('.json')) return `export default ${JSON.stringify(JSON.parse(text))}`
      if (!/\.[cm]?tsx?$/.test(path)) return text
      const stripped = strip(text, path)
      if ('error' in stripped) throw refuse(stripped.error)
      if (stripped.map) maps.set(path, stripped.map)
      return stripped.code
    },
    locate(at) {
      const found = maps.get(at.file)?.locate(at.line, at.column)
      return found ? { ...found, file: at.file } : at
    },
    problem: () => problem,
  }
}

function findFile(files: ReadonlyMap<string, string>, importer: string, specifier: string): string | undefined {
  const path = posix.join(posix.dirname(importer), specifier)
  const tried = [path, ...['.ts', '.js', '.mjs', '.json', '/index.ts', '/index.js'].map((ending) => path + ending)]
  return tried.find((each) => files.has(each))
}

function whyMissing(specifier: string): string {
  if (specifier.startsWith('.')) return `There is no file ${specifier}`
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(specifier))
    return `${specifier} is not available in this sandbox: it has no network`
  if (specifier.startsWith('node:') || builtIn.has(specifier.split('/')[0] ?? ''))
    return `${specifier} is not available in this sandbox: it only computes, and has no files, processes or network`
  return `The package ${specifier} is not available in this sandbox: import your own files by a path that starts with ./`
}

const builtIn = new Set(
  'assert buffer child_process cluster crypto dgram dns events fs http http2 https module net os path process readline stream timers tls url util v8 vm worker_threads zlib'.split(
    ' ',
  ),
)

/** The first place in the importer where these words are quoted. */
function placeOf(files: ReadonlyMap<string, string>, importer: string, specifier: string): Position | null {
  const lines = (files.get(importer) ?? '').split('\n')
  for (const [at, line] of lines.entries()) {
    const column = Math.max(line.indexOf(`'${specifier}'`), line.indexOf(`"${specifier}"`))
    if (column >= 0) return { file: importer, line: at + 1, column: column + 1 }
  }
  return null
}

type Stripped = { readonly code: string; readonly map?: SourceMap } | { readonly error: RunError }

/** Types become blanks, so that lines and columns stay; only what has to become code, as enums do, moves them. */
function strip(text: string, path: string): Stripped {
  try {
    return { code: stripTypeScriptTypes(text, { mode: 'strip' }) }
  } catch (error) {
    if (!isUnsupported(error)) return { error: syntaxError(error, path) }
  }
  try {
    // Known to the runtime, though not to the types of the one that follows it.
    const code: string = Reflect.apply(stripTypeScriptTypes, undefined, [text, { mode: 'transform', sourceMap: true }])
    const encoded = /sourceMappingURL=data:application\/json;base64,([\w+/=]+)/.exec(code)?.[1] ?? ''
    const { mappings } = JSON.parse(Buffer.from(encoded, 'base64').toString())
    return { code, map: readSourceMap([path], String(mappings)) }
  } catch (error) {
    return { error: syntaxError(error, path) }
  }
}

function isUnsupported(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'
}

/** The stack begins with the line's number, lines up to it, and a mark below the place. */
function syntaxError(error: unknown, path: string): RunError {
  if (!(error instanceof Error)) return { name: 'SyntaxError', message: String(error), stack: '', at: null }
  const [, line, mark] = /^[^\n]*:(\d+)\n(?:[^\n]*\n)+?( *)\^/.exec(error.stack ?? '') ?? []
  const at = line === undefined ? null : { file: path, line: Number(line), column: (mark?.length ?? 0) + 1 }
  return { name: 'SyntaxError', message: error.message, stack: '', at }
}
