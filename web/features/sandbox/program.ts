import type { Language } from '#sandbox/sandbox.ts'

/** What is run: the code, the files beside it, and what it reads. */
export type Program = {
  readonly language: Language
  readonly code: string
  readonly files: Readonly<Record<string, string>>
  readonly stdin: string
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
