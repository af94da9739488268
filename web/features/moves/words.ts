import type { MovePreview } from '#shared/moves/contract.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'

const numbers = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

/** "Tester moves along. Two delegations keep running; they finish under the old rules." */
export function consequences({ movesAlong, runningDelegations: running }: MovePreview): string {
  const along =
    movesAlong.length > 0 ? `${listNames(movesAlong)} ${movesAlong.length === 1 ? 'moves' : 'move'} along.` : ''
  const count = numbers[running] ?? String(running)
  if (running === 0) return along
  const work = running === 1 ? 'delegation keeps running; it finishes' : 'delegations keep running; they finish'
  return `${along} ${count} ${work} under the old rules.`.trim()
}

/** What moves: the name of one, the number of many. */
export function whatMoves(moved: readonly Workspace[]): string {
  return moved.length === 1 ? (moved[0]?.name ?? '') : `${moved.length} workspaces`
}

export function listNames(names: readonly string[], most = 4): string {
  if (names.length > most) return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`
  if (names.length < 2) return names[0] ?? ''
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
