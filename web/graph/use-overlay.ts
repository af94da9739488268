import { useStoreApi } from '@xyflow/react'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { selectedNow, watchSelected } from '../features/workspaces/index.ts'
import { feedPicture } from './live-picture.ts'
import { createMappingStore } from './mapping-store.ts'
import { createOverlay, type Overlay } from './overlay/overlay.ts'
import type { CardShape, Change } from './overlay/protocol.ts'
import { watchPalette } from './overlay/read-palette.ts'
import type { HierarchyEdge, WorkspaceNode } from './project.ts'
import type { StandsIn } from './teams/project-work.ts'

export const minimapSize = { width: 144, height: 80 } as const

const margin = 64

type Parts = {
  canvas: RefObject<HTMLCanvasElement | null>
  minimap: RefObject<HTMLCanvasElement | null>
  nodes: readonly WorkspaceNode[]
  edges: readonly HierarchyEdge[]
  standsIn: StandsIn
}

/** Keeps the picture under the cards true: places, states, theme, size and viewport. */
export function useOverlay({ canvas, minimap, nodes, edges, standsIn }: Parts) {
  const flow = useStoreApi()
  const [overlay, setOverlay] = useState<Overlay>()
  const [mappings] = useState(createMappingStore)
  // Counts how often the one that draws was lost with all it knew.
  const [restarts, setRestarts] = useState(0)
  const latest = useRef({ nodes, edges })
  latest.current = { nodes, edges }

  useEffect(() => {
    if (!canvas.current) return
    const started = createOverlay({
      canvas: canvas.current,
      minimapCanvas: () => minimap.current,
      onMinimap: mappings.set,
      onRestart: () => {
        started.change(everything(latest.current, flow.getState()))
        setRestarts((count) => count + 1)
      },
    })
    started.change(everything(latest.current, flow.getState()))
    const stopPalette = watchPalette((palette) => started.change({ palette }))
    const motion = window.matchMedia('(prefers-reduced-motion: reduce)')
    const onMotion = () => started.change({ isMotionReduced: motion.matches })
    onMotion()
    motion.addEventListener('change', onMotion)
    const follow = ([x, y, zoom]: readonly [number, number, number]) => started.follow({ x, y, zoom })
    follow(flow.getState().transform)
    const stopFlow = flow.subscribe((now, before) => {
      if (now.transform !== before.transform) follow(now.transform)
      if (now.width !== before.width || now.height !== before.height) started.change({ surface: surfaceOf(now) })
    })
    setOverlay(started)
    return () => {
      stopPalette()
      stopFlow()
      motion.removeEventListener('change', onMotion)
      started.close()
    }
  }, [canvas, minimap, flow, mappings])

  const key = nodes.map(({ id }) => id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same cards at other places are the same cards.
  const cardIds = useMemo(() => nodes.map(({ data }) => data.workspace.id), [key])
  useEffect(() => overlay?.change({ edges }), [overlay, edges])
  useEffect(() => overlay && watchSelected(() => overlay.change({ selected: selectedNow() })), [overlay])
  // Who has a card changes seldom; all is told anew then, and after a restart.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a restart forgets what was told.
  useEffect(() => overlay && feedPicture(standsIn, cardIds, overlay.change), [overlay, standsIn, cardIds, restarts])
  return { overlay, mappings }
}

type Size = { width: number; height: number }

function everything(now: Pick<Parts, 'nodes' | 'edges'>, size: Size): Change {
  return {
    cards: shapesOf(now.nodes),
    edges: now.edges,
    selected: selectedNow(),
    surface: surfaceOf(size),
    minimap: { ...minimapSize, margin: 8, pixelRatio: window.devicePixelRatio },
  }
}

export function shapesOf(nodes: readonly WorkspaceNode[]): CardShape[] {
  return nodes.map(({ id, position, data }) => ({
    id,
    x: position.x,
    y: position.y,
    name: data.workspace.name,
    teamSize: data.teamSize,
    isTeam: data.isCollapsed,
  }))
}

function surfaceOf({ width, height }: Size) {
  return { width, height, margin, pixelRatio: window.devicePixelRatio }
}
