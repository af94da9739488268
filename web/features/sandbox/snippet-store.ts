import { useSyncExternalStore } from 'react'
import type { Language } from '#sandbox/sandbox.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { firstStarter, starters } from '#shared/runs/starters/starters.ts'
import { readOwn, writeOwn } from '#web/kernel/own-words.ts'
import { onPersonKnown } from '#web/kernel/person.ts'
import { asText, oneOf } from '#web/kernel/storage.ts'
import { asBeside, type Beside, nothingBeside } from './beside.ts'
import type { Program } from './program.ts'

const listeners = new Set<() => void>()
/** By org: the programs and files of one are nothing to the people of another. */
const current = new Map<OrgId, Program>()

/** What stands in the pane. The snippet of each language outlives the tab; one never written is that language's first starter. */
export function useSnippet(orgId: OrgId): Program {
  return useSyncExternalStore(subscribe, () => readSnippet(orgId))
}

export function readSnippet(orgId: OrgId): Program {
  const known = current.get(orgId)
  if (known) return known
  const language = readOwn('run.language', oneOf('typescript', 'javascript', 'python'), 'typescript')
  const read = { ...kept(orgId, language), ...readOwn(`run.beside.${orgId}`, asBeside, nothingBeside) }
  current.set(orgId, read)
  return read
}

export function editCode(orgId: OrgId, code: string): void {
  const edited = { ...readSnippet(orgId), code }
  keep(orgId, edited)
  set(orgId, edited)
}

export function editStdin(orgId: OrgId, stdin: string): void {
  setBeside(orgId, { ...readSnippet(orgId), stdin })
  set(orgId, { ...readSnippet(orgId), stdin })
}

/** Another language has a snippet of its own; the files go with neither. */
export function chooseLanguage(orgId: OrgId, language: Language): void {
  writeOwn('run.language', language)
  setBeside(orgId, nothingBeside)
  set(orgId, kept(orgId, language))
}

/** Takes the place of what stands there; gives the way back, or nothing where it replaced no work of the person's own. */
export function replaceSnippet(orgId: OrgId, program: Program): (() => void) | undefined {
  const before = readSnippet(orgId)
  // What is kept of the program's own language is written over too, though another language is in sight.
  const written = before.language === program.language ? before : kept(orgId, program.language)
  put(orgId, program)
  const isLost = [before, written].some((each) => isOwnWork(each) && each.code !== program.code)
  if (!isLost) return undefined
  return () => {
    keep(orgId, written)
    put(orgId, before)
  }
}

/** The code alone stays, as a snippet. */
export function dropFiles(orgId: OrgId): void {
  put(orgId, { ...readSnippet(orgId), ...nothingBeside })
}

function put(orgId: OrgId, program: Program): void {
  writeOwn('run.language', program.language)
  keep(orgId, program)
  setBeside(orgId, program)
  set(orgId, program)
}

function keep(orgId: OrgId, { language, code }: Program): void {
  writeOwn(`run.snippet.${orgId}.${language}`, code)
}

function kept(orgId: OrgId, language: Language): Program {
  return {
    ...nothingBeside,
    language,
    code: readOwn(`run.snippet.${orgId}.${language}`, asText, firstStarter(language)),
  }
}

function setBeside(orgId: OrgId, { path, files, stdin, origin }: Beside): void {
  writeOwn(`run.beside.${orgId}`, { path, files, stdin, origin })
}

/** Text that came from us can be had again; a person's own is never dropped without a way back. */
function isOwnWork({ code, path, files, recorded }: Program): boolean {
  if (code.trim() === '' || code === recorded?.code) return false
  if (path !== null && files[path] === code) return false
  return starters.every((starter) => starter.code !== code)
}

function set(orgId: OrgId, next: Program): void {
  current.set(orgId, next)
  for (const listener of listeners) listener()
}

onPersonKnown(() => {
  current.clear()
  for (const listener of listeners) listener()
})

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
