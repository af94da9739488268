import type { NoticeKind } from '#shared/notices/contract.ts'

type Summary = { title: string; tone: 'plain' | 'failed' }

/** In the order in which they matter. What waits for an approval or is held by the loop breaker has a banner of its own. */
const told = [
  ['failed', 'delegation failed', 'delegations failed'],
  ['lost', 'delegation was lost', 'delegations were lost'],
  ['budget', 'stop at a budget', 'stops at budgets'],
  ['input', 'delegation waits for you', 'delegations wait for you'],
  ['told', 'agent told you something', 'agents told you something'],
] as const satisfies readonly (readonly [NoticeKind, string, string])[]

/** One line over what came together; undefined where nothing of it is worth an interruption. */
export function summary(kinds: readonly NoticeKind[]): Summary | undefined {
  const parts = told.flatMap(([kind, one, many]) => {
    const count = kinds.filter((each) => each === kind).length
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
  })
  if (parts.length === 0) return undefined
  const isBad = kinds.some((kind) => kind === 'failed' || kind === 'lost')
  return { title: parts.join(', '), tone: isBad ? 'failed' : 'plain' }
}
