import type { ImportAction } from '#shared/templates/contract.ts'
import type { PlannedLine } from '#shared/templates/import.ts'

/** The lines of this action that hold every word, in any case, in their path, role, runtime or model. */
export function filterLines(
  lines: readonly PlannedLine[],
  { action, words }: { action: ImportAction | 'all'; words: string },
): readonly PlannedLine[] {
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean)
  return lines.filter((line) => {
    if (action !== 'all' && line.action !== action) return false
    const text = [...line.path, line.role, line.runtime, line.model].join('\n').toLowerCase()
    return asked.every((word) => text.includes(word))
  })
}
