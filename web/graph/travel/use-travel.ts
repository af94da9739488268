import { useReactFlow } from '@xyflow/react'
import { type MouseEvent, type RefObject, useEffect, useMemo } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import { useCommands } from '../../kernel/commands.ts'
import { cardSize } from '../card-size.ts'
import { workOnScreen } from '../live-picture.ts'
import type { WorkspaceNode } from '../project.ts'
import { cardInFocus } from '../teams/commands.ts'
import type { Cards } from '../use-cards.ts'
import { edgeNear } from './edge-near.ts'
import { journeysOn } from './journeys.ts'
import { travelStore } from './travel-store.ts'

/** How near a pointer must come to a line, in pixels of the screen. */
const reachPx = 9

type Parts = {
  cards: Cards
  region: RefObject<HTMLElement | null>
  onOpenWork: (id: WorkspaceId, delegationId: string) => void
}

/** Reads the work on the edges by pointer and by key: hover tells, a click or the command leads to the trace. */
export function useTravel({ cards, region, onOpenWork }: Parts) {
  const flow = useReactFlow()
  const { now, collapsing } = cards

  const edgeAt = ({ clientX: x, clientY: y }: MouseEvent) => {
    const reach = reachPx / Math.min(1, flow.getZoom())
    const places = placesOf(now.current)
    return edgeNear(workOnScreen().values(), (id) => places.get(id), flow.screenToFlowPosition({ x, y }), reach)
  }
  const spotOf = ({ clientX, clientY }: MouseEvent) => {
    const { left = 0, top = 0 } = region.current?.getBoundingClientRect() ?? {}
    return { x: clientX - left, y: clientY - top }
  }

  const onPaneMouseMove = (event: MouseEvent) => {
    if (travelStore.now()?.isOpen) return
    const edge = event.buttons === 0 ? edgeAt(event) : undefined
    region.current?.toggleAttribute('data-over-edge', edge !== undefined)
    const shown = travelStore.now()
    if (!edge) return shown && travelStore.show(undefined)
    const { from, to } = edge
    const isSame = shown?.stretch.kind === 'edge' && shown.stretch.from === from && shown.stretch.to === to
    // It stays where it came up, so that it can be read.
    if (!isSame) travelStore.show({ stretch: { kind: 'edge', from, to }, spot: spotOf(event), isOpen: false })
  }
  const onPaneMouseLeave = () => {
    region.current?.removeAttribute('data-over-edge')
    if (travelStore.now()?.isOpen === false) travelStore.show(undefined)
  }
  /** True where there was an edge to open. */
  const openAt = (event: MouseEvent): boolean => {
    const edge = edgeAt(event)
    if (!edge) return false
    const stretch = { kind: 'edge', from: edge.from, to: edge.to } as const
    const [only, ...others] = journeysOn(stretch, collapsing.standsIn)
    if (!only) return false
    const isSingle = others.length === 0
    travelStore.show(isSingle ? undefined : { stretch, spot: spotOf(event), isOpen: true })
    // The press on the canvas lets go of what is selected first; the trace selects its own.
    if (isSingle) setTimeout(() => onOpenWork(only.to, only.id), 0)
    return true
  }

  useCommands(
    useMemo(() => {
      const here = () => now.current.find(({ id }) => id === cardInFocus())
      const run = () => {
        const node = here()
        if (!node) return
        const { x, y, zoom } = flow.getViewport()
        const spot = {
          x: (node.position.x + cardSize.width) * zoom + x,
          y: node.position.y * zoom + y,
        }
        travelStore.show({ stretch: { kind: 'card', id: node.data.workspace.id }, spot, isOpen: true })
      }
      const title = 'Show what travels to and from here'
      return [{ id: 'graph.travel', title, group: 'Graph', keys: 'E', when: () => here() !== undefined, run }]
    }, [flow, now]),
  )
  useEffect(() => () => travelStore.show(undefined), [])
  return { onPaneMouseMove, onPaneMouseLeave, openAt }
}

let read: { cards: readonly WorkspaceNode[]; places: ReadonlyMap<string, Position> } | undefined

/** Asked at each move of the pointer, while the cards lie still. */
function placesOf(cards: readonly WorkspaceNode[]): ReadonlyMap<string, Position> {
  if (read?.cards !== cards) read = { cards, places: new Map(cards.map(({ id, position }) => [id, position])) }
  return read.places
}
