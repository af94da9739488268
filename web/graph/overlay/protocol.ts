import type { HeatKind } from '#shared/views/contract.ts'
import type { ActivityKind, EdgeActivity } from '#web/features/delegations/index.ts'

export type Viewport = { x: number; y: number; zoom: number }

/** `margin`: how far the picture reaches over each side, so that a fast pan shows no bare edge. */
export type Surface = { width: number; height: number; margin: number; pixelRatio: number }

export type Palette = {
  surface: string
  raised: string
  text: string
  edge: string
  dot: string
  accent: string
  idle: string
  working: string
  waiting: string
  completed: string
  failed: string
}

/** `isTeam`: a whole team as one card. */
export type CardShape = { id: string; x: number; y: number; name: string; teamSize: number; isTeam: boolean }
export type EdgeShape = { from: string; to: string }

/** `level`: 0 for nothing to 4 for the most; `text`: the value in words. */
export type HeatShape = { id: string; level: number; text: string }
export type PulseShape = { from: string; to: string; direction: 'down' | 'up'; isFailure: boolean }

/** What changed since the last frame. `isResting`: the viewport stays, and the worker draws on its stage in its own time. */
export type FrameRequest = Change & { viewport: Viewport; isResting: boolean }

export type Change = {
  surface?: Surface
  palette?: Palette
  isMotionReduced?: boolean
  selected?: readonly string[]
  /** All cards, in drawing order. */
  cards?: readonly CardShape[]
  /** New places of cards that are being dragged. */
  moved?: readonly { id: string; x: number; y: number }[]
  edges?: readonly EdgeShape[]
  /** True when the live state below starts anew. */
  isFresh?: boolean
  activities?: readonly (readonly [string, ActivityKind])[]
  work?: readonly (readonly [string, EdgeActivity | undefined])[]
  pulses?: readonly PulseShape[]
  heat?: HeatKind
  heats?: readonly HeatShape[]
  /** Cards that a search found; null while nothing is searched for. */
  lit?: readonly string[] | null
  minimap?: Surface
}

/** `picture`: none where it was drawn on the stage. `next`: when the picture wants to be drawn again by itself, in milliseconds; undefined while nothing moves. */
export type FrameReply = {
  picture: ImageBitmap | undefined
  viewport: Viewport
  surface: Surface
  next: number | undefined
  minimap: { picture: ImageBitmap; scale: number; originX: number; originY: number } | undefined
}
