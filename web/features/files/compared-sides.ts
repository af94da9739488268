import type { FileVersion } from '#shared/files/contract.ts'

/** One side of a comparison: a saved version, 0 for nothing, or the text with what is typed and not saved. */
export type Side = number | 'now'

/** The newer one stands on the right; nothing is newer than what is typed now. */
export function comparedSides(version: number, against: Side): { left: number; right: Side } {
  if (against === 'now' || against > version) return { left: version, right: against }
  return { left: against, right: version }
}

export function sayComparison({ left, right }: { left: number; right: Side }): string {
  if (left === 0) return `Version ${right}, the first one`
  return `Version ${left} on the left, ${right === 'now' ? 'the text as it is now' : `version ${right}`} on the right`
}

/** What a version can be compared with, of all there are, newest first. */
export function comparisonChoices(version: number, versions: readonly FileVersion[]) {
  const others = versions.filter((other) => other.version !== version)
  return [
    ...(version === 1 ? [{ value: '0', label: 'with nothing' }] : []),
    { value: 'now', label: 'with the text as it is now' },
    ...others.map((other) => ({
      value: String(other.version),
      label:
        other.version === version - 1
          ? `with the one before (${other.version})`
          : `with version ${other.version}, ${other.savedBy}`,
    })),
  ]
}

export function readChoice(value: string): Side {
  return value === 'now' ? value : Number(value)
}
