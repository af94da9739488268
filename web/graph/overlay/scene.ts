import type { HeatKind } from '#shared/views/contract.ts'
import type { ActivityKind, EdgeActivity } from '#web/features/delegations/index.ts'
import type {
  CardShape,
  EdgeShape,
  FrameRequest,
  HeatShape,
  Palette,
  PulseShape,
  Surface,
  Viewport,
} from './protocol.ts'

export type FlyingPulse = PulseShape & { startedAt: number }

/** All that the overlay draws from, on whichever thread. */
export type Scene = {
  viewport: Viewport
  surface: Surface
  palette: Palette | undefined
  isMotionReduced: boolean
  selected: readonly string[]
  cards: Map<string, CardShape>
  edges: readonly EdgeShape[]
  activities: Map<string, ActivityKind>
  work: Map<string, EdgeActivity>
  pulses: FlyingPulse[]
  heat: HeatKind
  heats: Map<string, HeatShape>
  /** Cards that a search found; undefined while nothing is searched for. */
  lit: ReadonlySet<string> | undefined
  minimap: Surface
  isMinimapStale: boolean
}

export const pulseMs = 600

export function emptyScene(): Scene {
  return {
    viewport: { x: 0, y: 0, zoom: 1 },
    surface: { width: 0, height: 0, margin: 0, pixelRatio: 1 },
    palette: undefined,
    isMotionReduced: false,
    selected: [],
    cards: new Map(),
    edges: [],
    activities: new Map(),
    work: new Map(),
    pulses: [],
    heat: 'none',
    heats: new Map(),
    lit: undefined,
    minimap: { width: 0, height: 0, margin: 0, pixelRatio: 1 },
    isMinimapStale: true,
  }
}

export function updateScene(scene: Scene, request: FrameRequest, now: number): void {
  scene.viewport = request.viewport
  scene.surface = request.surface ?? scene.surface
  scene.isMotionReduced = request.isMotionReduced ?? scene.isMotionReduced
  scene.edges = request.edges ?? scene.edges
  scene.selected = request.selected ?? scene.selected
  if (request.palette) scene.palette = request.palette
  if (request.minimap) scene.minimap = request.minimap
  if (request.cards) scene.cards = new Map(request.cards.map((card) => [card.id, card]))
  for (const { id, x, y } of request.moved ?? []) {
    const card = scene.cards.get(id)
    if (card) scene.cards.set(id, { ...card, x, y })
  }
  if (request.isFresh) {
    scene.activities.clear()
    scene.work.clear()
    scene.heats.clear()
    scene.pulses = []
  }
  if (request.heat !== undefined) scene.heat = request.heat
  if (request.lit !== undefined) scene.lit = request.lit === null ? undefined : new Set(request.lit)
  for (const heat of request.heats ?? []) scene.heats.set(heat.id, heat)
  for (const [id, activity] of request.activities ?? []) scene.activities.set(id, activity)
  for (const [key, work] of request.work ?? []) {
    if (work && work.state !== 'rest') scene.work.set(key, work)
    else scene.work.delete(key)
  }
  updatePulses(scene, request.pulses ?? [], now)
  const { palette, minimap, cards, moved, activities, heats, heat, lit, isFresh } = request
  const isRecoloured = heat !== undefined || lit !== undefined || heats?.length || activities?.length
  if (palette || minimap || cards || moved || isRecoloured || isFresh) scene.isMinimapStale = true
}

function updatePulses(scene: Scene, added: readonly PulseShape[], now: number): void {
  scene.pulses = scene.pulses.filter((pulse) => now - pulse.startedAt < pulseMs)
  if (scene.isMotionReduced) return
  for (const pulse of added) scene.pulses.push({ ...pulse, startedAt: now })
}
