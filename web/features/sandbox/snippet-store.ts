import { useSyncExternalStore } from 'react'
import type { Language } from '#sandbox/sandbox.ts'
import { firstStarter, starters } from '#shared/runs/starters/starters.ts'
import { readOwn, writeOwn } from '#web/kernel/own-words.ts'
import { onPersonKnown } from '#web/kernel/person.ts'
import { asText, oneOf } from '#web/kernel/storage.ts'
import { asBeside, type Beside, nothingBeside } from './beside.ts'
import type { Program } from './program.ts'

const listeners = new Set<() => void>()
let current: Program | undefined

/** What stands in the pane. The snippet of each language outlives the tab; one never written is that language's first starter. */
export function useSnippet(): Program {
  return useSyncExternalStore(subscribe, readSnippet)
}

function readSnippet(): Program {
  if (current) return current
  const language = readOwn('run.language', oneOf('typescript', 'javascript', 'python'), 'typescript')
  current = { ...kept(language), ...readOwn('run.beside', asBeside, nothingBeside) }
  return current
}

export function editCode(code: string): void {
  const { language } = readSnippet()
  writeOwn(`run.snippet.${language}`, code)
  set({ ...readSnippet(), code })
}

export function editStdin(stdin: string): void {
  setBeside({ ...readSnippet(), stdin })
  set({ ...readSnippet(), stdin })
}

/** Another language has a snippet of its own; the files go with neither. */
export function chooseLanguage(language: Language): void {
  writeOwn('run.language', language)
  setBeside(nothingBeside)
  set(kept(language))
}

/** Takes the place of what stands there; gives the way back, or nothing where it replaced no work of the person's own. */
export function replaceSnippet(program: Program): (() => void) | undefined {
  const before = readSnippet()
  put(program)
  return isOwnWork(before) && before.code !== program.code ? () => put(before) : undefined
}

/** The code alone stays, as a snippet. */
export function dropFiles(): void {
  put({ ...readSnippet(), ...nothingBeside })
}

function put(program: Program): void {
  const { language, code } = program
  writeOwn('run.language', language)
  writeOwn(`run.snippet.${language}`, code)
  setBeside(program)
  set(program)
}

function kept(language: Language): Program {
  return { ...nothingBeside, language, code: readOwn(`run.snippet.${language}`, asText, firstStarter(language)) }
}

function setBeside({ path, files, stdin, origin }: Beside): void {
  writeOwn('run.beside', { path, files, stdin, origin })
}

/** Text that came from us can be had again; a person's own is never dropped without a way back. */
function isOwnWork({ code, path, files, recorded }: Program): boolean {
  if (code.trim() === '' || code === recorded?.code) return false
  if (path !== null && files[path] === code) return false
  return starters.every((starter) => starter.code !== code)
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
