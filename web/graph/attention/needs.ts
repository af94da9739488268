import type { Workspace } from '#shared/workspaces/contract.ts'
import type { Activity } from '../../features/delegations/index.ts'
import { cardState } from '../activity-words.ts'

/** What a workspace wants of whoever looks: an answer, a look, nothing while it works, nothing at all. */
export type Need = 'you' | 'look' | 'work' | 'rest'

type Subject = Pick<Workspace, 'name' | 'status' | 'marks'>

export function needOf(workspace: Subject, activity: Activity): Need {
  const { glyph, alert } = cardState(workspace, activity, () => undefined, 0)
  if (alert === 'failed') return 'look'
  if (alert === 'waiting') return 'you'
  return atWork.has(glyph) ? 'work' : 'rest'
}

/** By need, the most urgent first; within one, by name, so that nothing jumps while events pour in. */
export function inNeedOrder<W extends Subject>(workspaces: readonly W[], needs: readonly Need[]): [Need, W[]][] {
  const grouped = Map.groupBy(
    workspaces.map((workspace, index) => [workspace, needs[index] ?? 'rest'] as const),
    ([, need]) => need,
  )
  return order.flatMap((need): [Need, W[]][] => {
    const found = grouped.get(need)?.map(([workspace]) => workspace)
    return found ? [[need, found.toSorted((a, b) => a.name.localeCompare(b.name))]] : []
  })
}

export const needWords: Readonly<Record<Need, string>> = {
  you: 'Needs you',
  look: 'Went wrong',
  work: 'At work',
  rest: 'At rest',
}

const order = ['you', 'look', 'work', 'rest'] as const satisfies readonly Need[]
const atWork: ReadonlySet<string> = new Set(['working', 'queued', 'waiting-child', 'waiting-retry'])
