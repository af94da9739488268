import { useSyncExternalStore } from 'react'
import type { Language } from '#sandbox/sandbox.ts'
import { readOwn, writeOwn } from '#web/kernel/own-words.ts'
import { onPersonKnown } from '#web/kernel/person.ts'
import { asText, oneOf, type Parse } from '#web/kernel/storage.ts'
import type { Program } from './program.ts'
import { firstStarter, starters } from './starters.ts'

const listeners = new Set<() => void>()
let current: Program | undefined

/** What stands in the pane. The snippet of each language outlives the tab; one never written is that language's first starter. */
export function useSnippet(): Program {
  return useSyncExternalStore(subscribe, readSnippet)
}

function readSnippet(): Program {
  current ??= { ...kept(readLanguage()), ...readBeside() }
  return current
}

export function editCode(code: string): void {
  const { language } = readSnippet()
  writeOwn(`run.snippet.${language}`, code)
  set({ ...readSnippet(), code })
}

/** Another language has a snippet of its own; the files go with neither. */
export function chooseLanguage(language: Language): void {
  writeOwn('run.language', language)
  setBeside({})
  set({ ...kept(language), files: {}, stdin: '' })
}

/** Takes the place of the language's snippet; gives the way back, or nothing where it replaced no work of the person's own. */
export function replaceSnippet(program: Program): (() => void) | undefined {
  const before = { ...kept(program.language), ...readBeside() }
  put(program)
  return isOwnWork(before.code) && before.code !== program.code ? () => put(before) : undefined
}

export function dropFiles(): void {
  setBeside({})
  set({ ...readSnippet(), files: {}, stdin: '' })
}

function put(program: Program): void {
  writeOwn('run.language', program.language)
  writeOwn(`run.snippet.${program.language}`, program.code)
  setBeside({ files: program.files, stdin: program.stdin })
  set(program)
}

function kept(language: Language): Program {
  return {
    ...{ language, files: {}, stdin: '' },
    code: readOwn(`run.snippet.${language}`, asText, firstStarter(language)),
  }
}

function readLanguage(): Language {
  return readOwn('run.language', oneOf('typescript', 'javascript', 'python'), 'typescript')
}

type Beside = Pick<Program, 'files' | 'stdin'>

function readBeside(): Beside {
  return readOwn('run.beside', asBeside, { files: {}, stdin: '' })
}

function setBeside({ files = {}, stdin = '' }: Partial<Beside>): void {
  writeOwn('run.beside', { files, stdin })
}

const asBeside: Parse<Beside> = (value) => {
  if (typeof value !== 'object' || value === null || !('files' in value) || !('stdin' in value)) return undefined
  const { files, stdin } = value
  if (typeof files !== 'object' || files === null || typeof stdin !== 'string') return undefined
  const texts = Object.entries(files).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return { files: Object.fromEntries(texts), stdin }
}

/** Text that came from us can be had again; a person's own is never dropped without a way back. */
function isOwnWork(code: string): boolean {
  return code.trim() !== '' && starters.every((starter) => starter.code !== code)
}

function set(next: Program): void {
  current = next
  for (const listener of listeners) listener()
}

onPersonKnown(() => {
  current = undefined
  for (const listener of listeners) listener()
})

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
