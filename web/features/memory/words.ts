import type { Memory, MemoryKind, MemoryScope, Tidying } from '#shared/memory/contract.ts'

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

export const sortWords = { newest: 'Newest', importance: 'Most important', used: 'Last recalled' } as const

/** The steps a person chooses from; what a tidying left in between counts as the nearest. */
export const weights = [
  { value: '0.9', label: 'Matters a lot' },
  { value: '0.5', label: 'Matters some' },
  { value: '0.2', label: 'Matters little' },
] as const
export type Weight = (typeof weights)[number]['value']

export function weightOf(importance: number): Weight {
  if (importance >= 0.75) return '0.9'
  return importance < 0.35 ? '0.2' : '0.5'
}

/** Why a search found it where it stands. How well it fits has no scale of its own: it is told against the best fit found. */
export function whyWords({ fits, fresh, weighs }: NonNullable<Memory['why']>, bestFit: number): string {
  const fit = fits >= bestFit ? 'fits best' : `fits ${percent(fits / bestFit)} as well as the best`
  return `Stands here because it ${fit}, is ${percent(fresh)} fresh and matters ${percent(weighs)}`
}

/** "2 merged, 1 faded". */
export function tidyWords({ merged, faded, dropped }: Pick<Tidying, 'merged' | 'faded' | 'dropped'>): string {
  const parts = [
    merged > 0 && `${merged} merged`,
    faded > 0 && `${faded} faded`,
    dropped > 0 && `${dropped} put away`,
  ].filter((part) => part !== false)
  return parts.join(', ')
}

function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`
}

/** The server gives no more at once. */
const mostShown = 50

/** How many are shown, and whether there may be more. */
export function countWords(count: number, how: 'search' | keyof typeof sortWords): string {
  if (count >= mostShown) return how === 'search' ? `The best ${mostShown}` : `${sortWords[how]}, ${mostShown}`
  return count === 1 ? '1 memory' : `${count} memories`
}
