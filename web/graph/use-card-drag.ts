import { type OnNodeDrag, useReactFlow } from '@xyflow/react'
import { useCallback, useRef, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import { askMove } from '../features/moves/index.ts'
import { type Placement, usePlaceWorkspaces } from '../features/workspaces/index.ts'
import { notify } from '../ui/toast.ts'
import { dropMarks } from './card-marks.ts'
import { teamOf, topmost, whyNotUnder } from './chart.ts'
import { cardAt } from './hit-test.ts'
import type { Overlay } from './overlay/overlay.ts'
import type { WorkspaceNode } from './project.ts'
import type { Cards } from './use-cards.ts'
import { shapesOf } from './use-overlay.ts'

type Hold = {
  heads: WorkspaceNode['data']['workspace'][]
  start: ReadonlyMap<string, Position>
}

/** What the screen shows while cards are held: `hint` says what letting go would do. */
type Dragging = { canBecomeRoot: boolean; isOverZone: boolean; hint: string | undefined }

type Drop = { kind: 'place' } | { kind: 'root' } | { kind: 'under'; node: WorkspaceNode; refused: string | undefined }

/** Dragging cards: a team follows its head; dropped onto a card it asks to nest, onto the zone above to become a root. */
export function useCardDrag(orgId: OrgId, cards: Cards, overlay: Overlay | undefined) {
  const { screenToFlowPosition } = useReactFlow()
  const { mutate: placeWorkspaces } = usePlaceWorkspaces()
  const hold = useRef<Hold | undefined>(undefined)
  const rootZone = useRef<HTMLDivElement>(null)
  const [dragging, setDragging] = useState<Dragging>()

  const onNodeDragStart = useCallback<OnNodeDrag<WorkspaceNode>>(
    (_, __, dragged) => {
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
      hold.current = { heads, start }
      cards.held.current = moving
      setDragging({
        canBecomeRoot: heads.some(({ parentId }) => parentId !== null),
        isOverZone: false,
        hint: undefined,
      })
    },
    [cards],
  )

  const dropAt = (event: MouseEvent | TouchEvent): Drop => {
    const point = pointOf(event)
    if (!hold.current || !point) return { kind: 'place' }
    const ids = hold.current.heads.map(({ id }) => id)
    const canBecomeRoot = hold.current.heads.some(({ parentId }) => parentId !== null)
    if (canBecomeRoot && isInside(rootZone.current, point)) return { kind: 'root' }
    const node = cardAt(cards.now.current, screenToFlowPosition(point), new Set(ids))
    if (node) return { kind: 'under', node, refused: whyNotUnder(cards.chart, ids, node.data.workspace) }
    return event.altKey && canBecomeRoot ? { kind: 'root' } : { kind: 'place' }
  }

  const onNodeDrag: OnNodeDrag<WorkspaceNode> = (event, node) => {
    const held = hold.current
    const from = held?.start.get(node.id)
    if (!held || !from) return
    const delta = { x: node.position.x - from.x, y: node.position.y - from.y }
    const moved = [...held.start].map(([id, { x, y }]) => ({ id, x: x + delta.x, y: y + delta.y }))
    const followers = moved.filter(({ id }) => id !== node.id)
    if (followers.length > 0) {
      cards.change(followers.map(({ id, x, y }) => ({ type: 'position', id, position: { x, y } })))
    }
    overlay?.change({ moved })
    const drop = dropAt(event)
    dropMarks.mark(drop.kind === 'under' ? { id: drop.node.id, value: drop.refused ?? '' } : undefined)
    const hint = hintFor(drop)
    const isOverZone = drop.kind === 'root'
    setDragging((shown) => {
      const isSame = !shown || (shown.isOverZone === isOverZone && shown.hint === hint)
      return isSame ? shown : { ...shown, isOverZone, hint }
    })
  }

  const onNodeDragStop: OnNodeDrag<WorkspaceNode> = (event) => {
    const held = hold.current
    const drop = dropAt(event)
    hold.current = undefined
    dropMarks.mark(undefined)
    setDragging(undefined)
    if (!held) return
    const landings = cards.now.current
      .filter(({ id }) => held.start.has(id))
      .map(({ data, position }) => ({ workspaceId: data.workspace.id, position: rounded(position) }))
    if (drop.kind === 'place') return place(held, landings)
    if (drop.kind === 'under' && drop.refused !== undefined) {
      putBack()
      return notify({ id: 'refused', title: `Not moved. ${drop.refused}` })
    }
    const toParentId = drop.kind === 'under' ? drop.node.data.workspace.id : null
    askMove({
      kind: 'confirm',
      workspaceIds: held.heads.map(({ id }) => id),
      toParentId,
      landings: drop.kind === 'root' && !isInside(rootZone.current, pointOf(event)) ? landings : [],
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
    const before = after.map(({ workspaceId }) => ({
      workspaceId,
      position: cards.chart.byId.get(workspaceId)?.position ?? null,
    }))
    const [first] = held.heads
    const what = held.heads.length === 1 && first ? first.name : `${held.heads.length} workspaces`
    placeWorkspaces({ orgId, name: `new place of ${what}`, before, after })
  }

  return { onNodeDragStart, onNodeDrag, onNodeDragStop, rootZone, dragging }
}

function hintFor(drop: Drop): string | undefined {
  if (drop.kind === 'under') return drop.refused ?? `Drop to put it under ${drop.node.data.workspace.name}`
  return drop.kind === 'root' ? 'Drop to make it a root' : undefined
}

function pointOf(event: MouseEvent | TouchEvent): Position | undefined {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event
  return at && { x: at.clientX, y: at.clientY }
}

function isInside(element: HTMLElement | null, point: Position | undefined): boolean {
  if (!element || !point) return false
  const { left, top, right, bottom } = element.getBoundingClientRect()
  return point.x >= left && point.x <= right && point.y >= top && point.y <= bottom
}

function rounded({ x, y }: Position): Position {
  return { x: Math.round(x), y: Math.round(y) }
}
