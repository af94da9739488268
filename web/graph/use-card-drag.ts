import { type OnNodeDrag, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import { askMove } from '../features/moves/index.ts'
import { type Placement, usePlaceWorkspaces } from '../features/workspaces/index.ts'
import { notify } from '../ui/toast.ts'
import { cancelDragOnEscape } from './cancel-drag.ts'
import { dropMarks } from './card-marks.ts'
import { createCarrier } from './carrier.ts'
import { teamOf, topmost } from './chart.ts'
import { createDragLook } from './drag-look.ts'
import { type Drop, dropOf, type Hold, hintFor } from './drop.ts'
import type { Bounds } from './hit-test.ts'
import type { Overlay } from './overlay/overlay.ts'
import { keptPlaces, rounded, shiftedPlaces } from './placements.ts'
import type { WorkspaceNode } from './project.ts'
import { snapInside, teamArea } from './team-area.ts'
import type { Cards } from './use-cards.ts'
import { shapesOf } from './use-overlay.ts'
import { useSteady } from './use-steady.ts'

/**
 * Dragging cards: a team follows its head. Dropped onto a card it asks to nest, off the ground of its team or onto the zone
 * above to become a root, anywhere else it is only placed; Escape puts everything back.
 */
export function useCardDrag(orgId: OrgId, cards: Cards, overlay: Overlay | undefined) {
  const flow = useStoreApi<WorkspaceNode>()
  const { mutate: placeWorkspaces } = usePlaceWorkspaces()
  const hold = useRef<(Hold & { stopListening: () => void }) | undefined>(undefined)
  const isCancelled = useRef(false)
  const rootZone = useRef<HTMLDivElement>(null)
  const [look] = useState(createDragLook)
  const [carrier] = useState(createCarrier)
  const boxes = useRef<Boxes | undefined>(undefined)
  useEffect(() => carrier.drop, [carrier])

  const onNodeDragStart = useCallback<OnNodeDrag<WorkspaceNode>>(
    (_, node, dragged) => {
      const ids = topmost(
        cards.chart,
        dragged.map(({ data }) => data.workspace.id),
      )
      const heads = ids.flatMap((id) => cards.chart.byId.get(id) ?? [])
      const moving = new Set([
        ...dragged.map(({ id }) => id),
        ...ids.flatMap((id) => teamOf(cards.chart, id).map((one) => one.id)),
      ])
      const start = new Map(
        cards.now.current.filter(({ id }) => moving.has(id)).map(({ id, position }) => [id, position]),
      )
      isCancelled.current = false
      const stopListening = cancelDragOnEscape(() => {
        isCancelled.current = true
      })
      const led = heads.find(({ id }) => id === node.id) ?? heads[0]
      const ground = groundOf(cards, led?.parentId ?? null)
      hold.current = { heads, start, ledId: led?.id, ground, stopListening }
      cards.held.current = moving
      carrier.take(flow.getState().domNode, node.id)
      look.show({
        canBecomeRoot: heads.some(({ parentId }) => parentId !== null),
        isOverZone: false,
        hint: undefined,
        ground: ground && { ...ground, isLeft: false },
      })
    },
    [cards, carrier, flow, look],
  )

  const dropAt = (event: MouseEvent | TouchEvent): Drop => {
    const point = pointOf(event)
    if (!hold.current || !point) return { kind: 'place' }
    const { domNode, transform } = flow.getState()
    const [x, y, zoom] = transform
    boxes.current = freshBoxes(boxes.current, domNode, rootZone.current)
    const { left, top, zone } = boxes.current
    return dropOf({
      ...{ hold: hold.current, cards: cards.now.current, chart: cards.chart },
      point: { x: (point.x - left - x) / zoom, y: (point.y - top - y) / zoom },
      isOverZone: isInside(zone, point),
      isForced: event.altKey || event.ctrlKey || event.metaKey,
    })
  }

  const onNodeDrag = useSteady<Parameters<OnNodeDrag<WorkspaceNode>>>((event, node) => {
    const held = hold.current
    const from = held?.start.get(node.id)
    if (!held || !from) return
    const delta = { x: node.position.x - from.x, y: node.position.y - from.y }
    const moved = [...held.start].map(([id, { x, y }]) => ({ id, x: x + delta.x, y: y + delta.y }))
    cards.carry(moved)
    // Asked before anything is moved on the screen, which would have to be laid out for the answer.
    const drop = dropAt(event)
    dropMarks.mark(drop.kind === 'under' ? { id: drop.target.id, value: drop.refused ?? '' } : undefined)
    const shown = look.now()
    const ground = shown?.ground && { ...shown.ground, isLeft: drop.kind === 'out' }
    if (shown) look.show({ ...shown, isOverZone: drop.kind === 'root', hint: hintFor(drop, held), ground })
    carrier.draw(flow.getState().domNode, moved)
    overlay?.change({ moved })
  })

  const onNodeDragStop = useSteady<Parameters<OnNodeDrag<WorkspaceNode>>>((event) => {
    const held = hold.current
    boxes.current = undefined
    const drop = dropAt(event)
    hold.current = undefined
    dropMarks.mark(undefined)
    look.show(undefined)
    if (!held) return carrier.drop()
    held.stopListening()
    settle(drop, held)
    // Where they were put back at once the chart knows of no step, and leaves them where they were carried to.
    const ends = cards.now.current.filter(({ id }) => held.start.has(id))
    carrier.draw(
      flow.getState().domNode,
      ends.map(({ id, position }) => ({ id, ...position })),
    )
    carrier.drop()
  })

  const settle = (drop: Drop, held: Hold) => {
    if (isCancelled.current) return putBack()
    const landings = landingsOf(cards, held)
    if (drop.kind === 'place') return place(held, landings)
    if (drop.kind === 'inside') return place(held, snapped(landings, held, drop.ground))
    if (drop.kind === 'under' && drop.refused !== undefined) {
      putBack()
      return notify({ id: 'refused', title: `Not moved. ${drop.refused}` })
    }
    const toParentId = drop.kind === 'under' ? drop.target.id : null
    askMove({
      kind: 'confirm',
      workspaceIds: held.heads.map(({ id }) => id),
      toParentId,
      landings: drop.kind === 'out' ? landings : [],
      ...(drop.kind === 'out' && { onPlace: () => place(held, landings) }),
      onSettled: (isMoved) => {
        // The place it was dropped at holds until the event tells the new one, which may have come before this answer.
        const isTold = held.heads.every(({ id }) => cards.parentTold(id) === toParentId)
        if (!isMoved || isTold) return putBack()
        cards.held.current = new Set()
      },
    })
  }

  const putBack = () => {
    cards.release()
    overlay?.change({ cards: shapesOf(cards.now.current) })
  }

  const place = (held: Hold, after: Placement[]) => {
    cards.held.current = new Set()
    const [first] = held.heads
    const what = held.heads.length === 1 && first ? first.name : `${held.heads.length} workspaces`
    placeWorkspaces({ orgId, name: `new place of ${what}`, before: keptPlaces(cards, after), after })
  }

  return { onNodeDragStart, onNodeDrag, onNodeDragStop, rootZone, look }
}

/** Where all of them lie now; members of a team that is shown as one card come along where they have a place of their own. */
function landingsOf(cards: Cards, { heads, start, ledId }: Hold): Placement[] {
  const shown = cards.now.current.flatMap(({ id, data, position }): Placement[] =>
    start.has(id) ? [{ workspaceId: data.workspace.id, position: rounded(position) }] : [],
  )
  const from = ledId === undefined ? undefined : start.get(ledId)
  const to = shown.find(({ workspaceId }) => workspaceId === ledId)?.position
  if (!from || !to) return shown
  const ids = heads.map(({ id }) => id)
  const hidden = shiftedPlaces(cards, ids, { x: to.x - from.x, y: to.y - from.y }).after.filter(
    ({ workspaceId }) => !start.has(workspaceId),
  )
  return [...shown, ...hidden]
}

/** Where the team of this parent lies now, everyone below included; undefined for a root. */
function groundOf(cards: Cards, parentId: string | null): (Bounds & { name: string }) | undefined {
  const parent = parentId === null ? undefined : cards.chart.byId.get(parentId)
  if (!parent) return undefined
  const team = new Set<string>([parent.id, ...teamOf(cards.chart, parent.id).map(({ id }) => id)])
  const area = teamArea(cards.now.current.filter(({ id }) => team.has(id)))
  return area && { ...area, name: parent.name }
}

/** All of them shifted by what brings the one under the pointer back onto the ground. */
function snapped(landings: readonly Placement[], held: Hold, ground: Bounds): Placement[] {
  const led = landings.find(({ workspaceId }) => workspaceId === held.ledId)?.position
  if (!led) return [...landings]
  const inside = snapInside(led, ground)
  const by = { x: inside.x - led.x, y: inside.y - led.y }
  return landings.map(({ workspaceId, position }) => ({
    workspaceId,
    position: position && rounded({ x: position.x + by.x, y: position.y + by.y }),
  }))
}

function pointOf(event: MouseEvent | TouchEvent): Position | undefined {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event
  return at && { x: at.clientX, y: at.clientY }
}

/** Where the chart and the zone lie on the screen. */
type Boxes = { at: number; left: number; top: number; element: Element | null; zone: DOMRect | undefined }

/** They seldom move while a card is held; asked at each step, the answer would cost more than the step. */
const boxesMs = 200

function freshBoxes(before: Boxes | undefined, chart: Element | null, element: Element | null): Boxes {
  const at = performance.now()
  if (before && before.element === element && at - before.at < boxesMs) return before
  const { left = 0, top = 0 } = chart?.getBoundingClientRect() ?? {}
  return { at, left, top, element, zone: element?.getBoundingClientRect() }
}

function isInside(box: DOMRect | undefined, point: Position): boolean {
  if (!box) return false
  return point.x >= box.left && point.x <= box.right && point.y >= box.top && point.y <= box.bottom
}
