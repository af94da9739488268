import { useStoreApi } from '@xyflow/react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { liveStore } from '../features/delegations/index.ts'
import { createOverlay, type Mapping, type Overlay } from './overlay/overlay.ts'
import type { CardShape, FrameRequest } from './overlay/protocol.ts'
import { watchPalette } from './overlay/read-palette.ts'
import type { HierarchyEdge, WorkspaceNode } from './project.ts'

export const minimapSize = { width: 144, height: 80 } as const

const margin = 64

type Parts = {
  canvas: RefObject<HTMLCanvasElement | null>
  minimap: RefObject<HTMLCanvasElement | null>
  nodes: readonly WorkspaceNode[]
  edges: readonly HierarchyEdge[]
  selectedId: string | null
}

/** Keeps the picture under the cards true: places, states, theme, size and viewport. */
export function useOverlay({ canvas, minimap, nodes, edges, selectedId }: Parts) {
  const flow = useStoreApi()
  const [overlay, setOverlay] = useState<Overlay>()
  const [mapping, setMapping] = useState<Mapping>()
  const latest = useRef({ nodes, edges, selectedId })
  latest.current = { nodes, edges, selectedId }

  useEffect(() => {
    if (!canvas.current) return
    const started = createOverlay({
      canvas: canvas.current,
      minimapCanvas: () => minimap.current,
      onMinimap: ({ scale, originX, originY }) => setMapping({ scale, originX, originY }),
      onRestart: () => started.change(everything(latest.current, flow.getState())),
    })
    started.change(everything(latest.current, flow.getState()))
    const stopPalette = watchPalette((palette) => started.change({ palette }))
    const stopLive = liveStore.onFrame(({ isFresh, workspaces, edges: work, pulses }) =>
      started.change({
        isFresh,
        activities: workspaces.map(([id, { activity }]) => [id, activity] as const),
        work,
        pulses,
      }),
    )
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
      stopLive()
      stopFlow()
      motion.removeEventListener('change', onMotion)
      started.close()
    }
  }, [canvas, minimap, flow])

  useEffect(() => overlay?.change({ edges }), [overlay, edges])
  useEffect(() => overlay?.change({ selectedId }), [overlay, selectedId])
  return { overlay, mapping }
}

type Size = { width: number; height: number }

function everything(now: Pick<Parts, 'nodes' | 'edges' | 'selectedId'>, size: Size): Partial<FrameRequest> {
  return {
    cards: shapesOf(now.nodes),
    edges: now.edges,
    selectedId: now.selectedId,
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
  }))
}

function surfaceOf({ width, height }: Size) {
  return { width, height, margin, pixelRatio: window.devicePixelRatio }
}
