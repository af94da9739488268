import type { MemoryKind, MemoryScope } from '#shared/memory/contract.ts'

export const scopeWords: Record<MemoryScope, string> = {
  LOCAL: 'This workspace',
  TEAM: 'Team',
  GLOBAL: 'Everybody',
}

export const kindWords: Record<MemoryKind, string> = {
  semantic: 'Fact',
  episodic: 'What happened',
  procedural: 'How to',
  social: 'Who is who',
}

/** Where it is not what most memories have. From 0 to 1. */
export function importanceWord(importance: number): string | undefined {
  if (importance >= 0.75) return 'matters much'
  return importance < 0.35 ? 'matters little' : undefined
}

/** The server gives no more at once. */
const mostShown = 50

/** How many are shown, and whether there may be more. */
export function countWords(count: number, isSearch: boolean): string {
  if (count >= mostShown) return isSearch ? `The best ${mostShown}` : `The newest ${mostShown}`
  return count === 1 ? '1 memory' : `${count} memories`
}
