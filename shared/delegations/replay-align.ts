import { canonicalJson } from './canonical.ts'
import type { RecordedStep } from './journal.ts'
import type { ComparedStep } from './replay-contract.ts'

/** Facts of a step that make it the same as another; those of `RecordedStep` and of the view of it. */
export type Comparable = Pick<RecordedStep, 'step' | 'kind' | 'name' | 'state' | 'error'> & {
  input?: unknown
  output?: unknown
}

/**
 * Two traces side by side. The first `shared` steps are the same ones, perhaps edited; after them calls of the same kind and
 * name stand beside each other, in order, and what only one side did stands alone.
 */
export function alignSteps(left: readonly Comparable[], right: readonly Comparable[], shared: number): ComparedStep[] {
  const beginning = left.slice(0, shared).map((step, index) => pair(step, right[index], 'edited'))
  return [...beginning, ...alignRest(left.slice(shared), right.slice(shared))]
}

/** How many steps two traces begin with that are the same. */
export function commonBeginning(left: readonly Comparable[], right: readonly Comparable[]): number {
  const first = left.findIndex((step, index) => !isSame(step, right[index]))
  return first < 0 ? left.length : first
}

/** By the longest common row of kinds and names: classic, and traces are short. */
function alignRest(left: readonly Comparable[], right: readonly Comparable[]): ComparedStep[] {
  const ahead = (from: number, to: number) => lengths[from]?.[to] ?? 0
  const lengths: number[][] = Array.from({ length: left.length + 1 }, () => new Array<number>(right.length + 1).fill(0))
  for (let from = left.length - 1; from >= 0; from--) {
    for (let to = right.length - 1; to >= 0; to--) {
      const row = lengths[from]
      if (!row) continue
      row[to] = isLike(left[from], right[to])
        ? ahead(from + 1, to + 1) + 1
        : Math.max(ahead(from + 1, to), ahead(from, to + 1))
    }
  }
  const rows: ComparedStep[] = []
  let from = 0
  let to = 0
  while (from < left.length || to < right.length) {
    const mine = left[from]
    const theirs = right[to]
    if (mine && theirs && isLike(mine, theirs)) {
      rows.push(pair(mine, theirs, 'other'))
      from += 1
      to += 1
    } else if (mine && (!theirs || ahead(from + 1, to) >= ahead(from, to + 1))) {
      rows.push(pair(mine, undefined, 'other'))
      from += 1
    } else if (theirs) {
      rows.push({ left: null, right: theirs.step, is: 'only-right' })
      to += 1
    }
  }
  return rows
}

function pair(left: Comparable, right: Comparable | undefined, differing: 'edited' | 'other'): ComparedStep {
  if (!right) return { left: left.step, right: null, is: 'only-left' }
  return { left: left.step, right: right.step, is: isSame(left, right) ? 'same' : differing }
}

function isLike(left: Comparable | undefined, right: Comparable | undefined): boolean {
  return left !== undefined && right !== undefined && left.kind === right.kind && left.name === right.name
}

function isSame(left: Comparable, right: Comparable | undefined): boolean {
  return right !== undefined && canonicalJson(facts(left)) === canonicalJson(facts(right))
}

function facts({ kind, name, state, error, input, output }: Comparable) {
  return { kind, name, state, error, input: input ?? null, output: output ?? null }
}
