import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { type EdgeActivity, liveStore } from '../features/delegations/index.ts'
import { matchStore } from './filter/match-store.ts'
import { isMeasuring, levelOf, measure, valueWords } from './heat/heat.ts'
import { heatStore, measuredAt } from './heat/heat-store.ts'
import type { Change, HeatShape } from './overlay/protocol.ts'
import { createWorkProjection, endsOf, type StandsIn } from './teams/project-work.ts'
import { teamStore } from './teams/team-store.ts'

type Tell = (change: Change) => void

let drawnWork: () => ReadonlyMap<string, EdgeActivity> = () => new Map()

/** Work on the edges as they are drawn now. */
export function workOnScreen(): ReadonlyMap<string, EdgeActivity> {
  return drawnWork()
}

/** Tells the picture what happens, seen through the teams that are one card; returns the way to stop. */
export function feedPicture(standsIn: StandsIn, cards: readonly WorkspaceId[], tell: Tell): () => void {
  const projection = createWorkProjection(standsIn)
  drawnWork = projection.shown
  const cardOf = (id: WorkspaceId) => standsIn.get(id) ?? id
  const heatsOf = (ids: Iterable<WorkspaceId>): HeatShape[] => {
    const { kind, top } = heatStore.now()
    if (!isMeasuring(kind)) return []
    return [...ids].map((id) => {
      const value = measure(kind, measuredAt(id))
      return { id, level: levelOf(value, top), text: valueWords(kind, value) }
    })
  }
  const stopLive = liveStore.onFrame(({ isFresh, workspaces, edges, pulses }) => {
    const own = workspaces.map(([id]) => id)
    teamStore.hear(own)
    const changed = standsIn.size === 0 ? own : [...new Set(own.map(cardOf))]
    tell({
      isFresh,
      activities: changed.map((id) => [id, (teamStore.summaryOf(id)?.worst ?? liveStore.activity(id)).activity]),
      heats: heatsOf(changed),
      work: projection.project(edges),
      pulses: pulses.map((pulse) => ({ ...pulse, ...endsOf(pulse, standsIn) })).filter(({ from, to }) => from !== to),
    })
  })
  const tellHeat = () => tell({ heat: heatStore.now().kind, heats: heatsOf(cards) })
  const tellMatches = () => {
    const matches = matchStore.now()
    tell({ lit: matches ? [...matches.cards] : null })
  }
  tellHeat()
  tellMatches()
  const stopHeat = heatStore.subscribe(tellHeat)
  const stopMatches = matchStore.subscribe(tellMatches)
  return () => {
    stopLive()
    stopHeat()
    stopMatches()
  }
}
