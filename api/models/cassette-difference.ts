import { canonicalJson } from '#shared/delegations/canonical.ts'
import type { Call } from './cassette-file.ts'

type Difference = { path: string; recorded: unknown; asked: unknown }

const shown = 120
/** Enough to tell which call is nearest, and bounded where nothing fits. */
const maxDifferences = 200

/** In words: how the call differs from the recorded one that is most like it. */
export function nearestDifference(asked: Call, recorded: readonly Call[]): string {
  if (recorded.length === 0) return 'It holds no call at all.'
  const [nearest] = recorded
    .map((call, index) => ({ index, differences: differencesOf(call, asked) }))
    .toSorted((one, other) => one.differences.length - other.differences.length)
  const [first, ...others] = nearest?.differences ?? []
  if (!nearest || !first) return 'The same call is on it, but it was made less often than now.'
  const more = others.length === 0 ? '' : `, and ${others.length} more`
  return `Nearest is call ${nearest.index + 1}; ${first.path} was ${brief(first.recorded)} and is ${brief(first.asked)}${more}.`
}

function differencesOf(recorded: Call, asked: Call): Difference[] {
  const found: Difference[] = []
  compare('request', recorded.request, asked.request, found)
  compare('how', recorded.how, asked.how, found)
  return found
}

function compare(path: string, recorded: unknown, asked: unknown, found: Difference[]): void {
  if (found.length >= maxDifferences || canonicalJson(recorded) === canonicalJson(asked)) return
  const before = partsOf(recorded)
  const after = partsOf(asked)
  if (!before || !after) {
    found.push({ path, recorded, asked })
    return
  }
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    compare(`${path}.${key}`, before.get(key), after.get(key), found)
  }
}

function partsOf(value: unknown): Map<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined
}

function brief(value: unknown): string {
  if (value === undefined) return 'absent'
  const text = canonicalJson(value)
  return text.length > shown ? `${text.slice(0, shown)}…` : text
}
