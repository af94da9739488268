import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import type { Placement } from '../features/workspaces/index.ts'
import { teamOf } from './chart.ts'
import type { Cards } from './use-cards.ts'

/** New places of cards with where the server has them now: null where the layout decides. */
export type Places = { before: Placement[]; after: Placement[] }

/**
 * The cards and their teams, all shifted by so much from where they lie. Members that are not on the canvas, because a team is
 * shown as one card, come along where they have a place of their own.
 */
export function shiftedPlaces(cards: Cards, ids: readonly WorkspaceId[], by: Position): Places {
  const all = new Set([...ids, ...ids.flatMap((id) => teamOf(cards.chart, id).map((one) => one.id))])
  const shown = new Map(cards.now.current.map(({ id, position }) => [id, position]))
  const after = [...all].flatMap((workspaceId): Placement[] => {
    const position = shown.get(workspaceId) ?? cards.chart.byId.get(workspaceId)?.position
    return position ? [{ workspaceId, position: rounded({ x: position.x + by.x, y: position.y + by.y }) }] : []
  })
  return { before: keptPlaces(cards, after), after }
}

export function keptPlaces(cards: Cards, of: readonly Placement[]): Placement[] {
  return of.map(({ workspaceId }) => ({ workspaceId, position: cards.chart.byId.get(workspaceId)?.position ?? null }))
}

export function rounded({ x, y }: Position): Position {
  return { x: Math.round(x), y: Math.round(y) }
}
