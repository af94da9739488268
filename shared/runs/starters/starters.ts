import { javascriptStarters } from './javascript.ts'
import { pythonStarters } from './python.ts'
import type { Starter } from './starter.ts'
import { typescriptStarters } from './typescript.ts'

/** Small programs that each show one thing the sandbox does; the first of a language is what a newcomer finds. */
export const starters: readonly Starter[] = [...typescriptStarters, ...javascriptStarters, ...pythonStarters]

export function firstStarter(language: Starter['language']): string {
  return starters.find((starter) => starter.language === language)?.code ?? ''
}
