import { type OnMove, useReactFlow, useStore, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { fitTo } from './fit.ts'
import { boundsOf } from './hit-test.ts'
import type { Viewport } from './overlay/protocol.ts'
import { forgetViewport, readViewport, writeViewport } from './stored-viewport.ts'
import type { Cards } from './use-cards.ts'

/**
 * Shows the whole org until a person pans or zooms; from then on the view is theirs, and is kept over reloads. While it is
 * ours it follows the room it has (a panel opens) and the chart (a team moves), but not a card that is only placed.
 */
export function useFit(orgId: OrgId, cards: Cards) {
  const flow = useReactFlow()
  const flowStore = useStoreApi()
  const isOurs = useRef(readViewport(orgId) === undefined)
  const fitted = useRef<Viewport | undefined>(undefined)
  const [isPlaced, setPlaced] = useState(false)

  const show = useCallback(
    (duration: number) => {
      const { width, height } = flowStore.getState()
      const bounds = boundsOf(cards.now.current)
      if (!bounds || width === 0 || height === 0) return
      fitted.current = fitTo(bounds, width, height)
      void flow.setViewport(fitted.current, { duration })
    },
    [flow, flowStore, cards.now],
  )

  const fitAll = useCallback(() => {
    isOurs.current = true
    forgetViewport(orgId)
    show(motionMs())
  }, [orgId, show])

  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const { shown } = cards.collapsing
  const chart = useMemo(() => shown.map(({ id, parentId }) => `${id}${parentId}`).join(), [shown])
  const hasShown = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the room and the chart are what it follows.
  useEffect(() => {
    if (width === 0 || height === 0) return
    const stored = hasShown.current ? undefined : readViewport(orgId)
    const isFirst = !hasShown.current
    hasShown.current = true
    if (isFirst) setPlaced(true)
    if (stored) void flow.setViewport(stored)
    if (stored || !isOurs.current) return
    if (isFirst) return show(0)
    // The cards of this chart are committed in an effect of the same turn.
    const frame = requestAnimationFrame(() => show(motionMs()))
    return () => cancelAnimationFrame(frame)
  }, [width, height, chart, orgId, flow, show])

  const onUserMove = useCallback<OnMove>(
    (_, viewport) => {
      if (isSame(viewport, fitted.current)) return
      isOurs.current = false
      writeViewport(orgId, viewport)
    },
    [orgId],
  )

  /** Shows these and no more; from then on the view is the person's. */
  const fitTeam = useCallback(
    (ids: readonly WorkspaceId[]) => {
      const wanted = new Set<string>(ids)
      const { width, height } = flowStore.getState()
      const bounds = boundsOf(cards.now.current.filter(({ id }) => wanted.has(id)))
      if (bounds && width > 0 && height > 0)
        void flow.setViewport(fitTo(bounds, width, height), { duration: motionMs() })
    },
    [flow, flowStore, cards.now],
  )

  return { fitAll, fitTeam, onUserMove, isPlaced }
}

/** The end of our own fit comes back as a move too; it is told by where it ends. */
function isSame(a: Viewport, b: Viewport | undefined): boolean {
  return b !== undefined && Math.abs(a.x - b.x) < 1 && Math.abs(a.y - b.y) < 1 && Math.abs(a.zoom - b.zoom) < 0.001
}

function motionMs(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200
}
