import type { Language } from '#sandbox/sandbox.ts'
import type { RunOrigin, RunRecord } from '#shared/runs/contract.ts'

/** What is run: the code, the files beside it, and what it reads. */
export type Program = {
  readonly language: Language
  readonly code: string
  /** Where the code stands among its files; null for a snippet. */
  readonly path: string | null
  readonly files: Readonly<Record<string, string>>
  readonly stdin: string
  readonly origin: RunOrigin | null
  /** How it went for somebody before, to be compared with. */
  readonly recorded: Recorded | null
}

export type Recorded = {
  /** The person, or the workspace whose agent it was. */
  readonly by: string
  readonly isAgent: boolean
  readonly at: string
  /** What was run then. */
  readonly code: string
  readonly record: RunRecord
}

/** Code by itself, with nothing beside it. */
export function snippet(language: Language, code: string): Program {
  return { language, code, path: null, files: {}, stdin: '', origin: null, recorded: null }
}

/** Whether running one is running the other. */
export function isSameProgram(one: Program, other: Program): boolean {
  const paths = Object.keys(one.files)
  return (
    one.language === other.language &&
    one.code === other.code &&
    one.path === other.path &&
    one.stdin === other.stdin &&
    paths.length === Object.keys(other.files).length &&
    paths.every((path) => one.files[path] === other.files[path])
  )
}

const names: Readonly<Record<string, Language>> = {
  ts: 'typescript',
  mts: 'typescript',
  typescript: 'typescript',
  js: 'javascript',
  mjs: 'javascript',
  javascript: 'javascript',
  node: 'javascript',
  py: 'python',
  python: 'python',
  python3: 'python',
}

/** The language a code block or the end of a file's name means; undefined where it is none we run. */
export function languageNamed(name: string): Language | undefined {
  return names[name.trim().toLowerCase()]
}

/** The language of a file, by the end of its name; undefined where it is none we run. */
export function languageOfPath(path: string): Language | undefined {
  const dot = path.lastIndexOf('.')
  return dot === -1 ? undefined : languageNamed(path.slice(dot + 1))
}
