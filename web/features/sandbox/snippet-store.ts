import type { Language } from '#sandbox/sandbox.ts'
import { asText, oneOf, readStored, writeStored } from '#web/kernel/storage.ts'
import { firstStarter } from './starters.ts'

/** The snippet of each language outlives the tab; one that was never written is that language's first starter. */
export function readSnippet(language: Language): string {
  return readStored(`run.snippet.${language}`, asText, firstStarter(language))
}

export function writeSnippet(language: Language, code: string): void {
  writeStored(`run.snippet.${language}`, code)
}

export function readLanguage(): Language {
  return readStored('run.language', oneOf('typescript', 'javascript', 'python'), 'typescript')
}

export function writeLanguage(language: Language): void {
  writeStored('run.language', language)
}
