import { applyNodeChanges, type NodeChange } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position, Workspace } from '#shared/workspaces/contract.ts'
import { onSelect as onSelectionAsked, tellSelected } from '../features/workspaces/index.ts'
import { createCardList } from './card-list.ts'
import type { Carried } from './carrier.ts'
import { chartOf } from './chart.ts'
import { useGraphView } from './graph-view.ts'
import { setNames } from './names.ts'
import { emptyProjection, mergeNodes, project, type WorkspaceNode } from './project.ts'
import { collapseTeams } from './teams/collapse.ts'

/** The cards on the canvas: what the workspaces say, plus what is selected or held by the pointer. */
export function useCards(
  workspaces: readonly Workspace[],
  selectedId: WorkspaceId | null,
  onSelect: (id: WorkspaceId | null) => void,
) {
  const chart = useMemo(() => chartOf(workspaces), [workspaces])
  const { collapsed } = useGraphView()
  const collapsing = useMemo(() => collapseTeams(workspaces, collapsed), [workspaces, collapsed])
  // The cards there are, as the arrow keys walk over them.
  const shownChart = useMemo(() => chartOf(collapsing.shown), [collapsing])
  const last = useRef(emptyProjection)
  const projection = useMemo(() => {
    last.current = project(collapsing, last.current)
    return last.current
  }, [collapsing])
  const [list] = useState(() => createCardList(projection.nodes))
  const now = useRef(projection.nodes)
  const held = useRef<ReadonlySet<string>>(new Set())

  const commit = useCallback(
    (next: WorkspaceNode[]) => {
      if (next === now.current) return
      now.current = next
      list.set(next)
      tellSelected(next.filter((node) => node.selected).map((node) => node.data.workspace.id))
    },
    [list],
  )

  // What nobody sees any more is not what a command is about.
  useEffect(() => () => tellSelected([]), [])

  // Names first: cards are drawn with them.
  useMemo(() => setNames(new Map(workspaces.map(({ id, name }) => [id, name]))), [workspaces])
  useEffect(() => commit(mergeNodes(now.current, projection.nodes, held.current)), [projection, commit])

  /** What was selected on the canvas and told, and has not come back yet: it must not undo what was selected since. */
  const told = useRef<(WorkspaceId | null)[]>([])
  const lastTold = useRef<WorkspaceId | null>(null)
  const chosen = useRef<{ id: WorkspaceId | null } | undefined>(undefined)
  useEffect(() => {
    const echo = told.current.indexOf(selectedId)
    if (echo >= 0) {
      told.current.splice(0, echo + 1)
      return
    }
    lastTold.current = selectedId
    chosen.current = { id: selectedId }
  }, [selectedId])
  // A workspace may be chosen before its card is there; then it is selected as soon as it comes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks again at each choice and with new cards.
  useEffect(() => {
    if (!chosen.current) return
    const { id } = chosen.current
    if (id !== null && !projection.nodes.some((node) => node.id === id)) return
    chosen.current = undefined
    commit(now.current.map((node) => selectOnly(node, id)))
  }, [selectedId, projection, commit])

  const isBoxing = useRef(false)
  const apply = useCallback(
    (changes: NodeChange<WorkspaceNode>[]) => {
      commit(applyNodeChanges(changes, now.current))
      if (!changes.some(({ type }) => type === 'select')) return
      const selected = now.current.filter((node) => node.selected).map((node) => node.data.workspace.id)
      const [only] = selected
      // While a box is drawn no panel may open or close: the cards would move under it.
      if (selected.length > 1 || isBoxing.current) return
      const next = only ?? null
      if (next !== lastTold.current) told.current.push(next)
      lastTold.current = next
      chosen.current = undefined
      onSelect(next)
    },
    [commit, onSelect],
  )

  const wanted = useRef<readonly WorkspaceId[]>([])
  const selectWanted = useCallback(() => {
    const ids = new Set<string>(wanted.current)
    // What was just made may not be here yet; it is selected as soon as it is.
    if (ids.size === 0 || !wanted.current.every((id) => now.current.some((node) => node.id === id))) return
    wanted.current = []
    const [only] = ids
    const isOne = ids.size === 1 && only !== undefined
    if (isOne) apply(now.current.map((node) => ({ type: 'select', id: node.id, selected: node.id === only })))
    else commit(now.current.map((node) => selectIf(node, ids.has(node.id))))
  }, [commit, apply])
  useEffect(
    () =>
      onSelectionAsked((ids) => {
        if (ids.length === 0) return apply(now.current.map(({ id }) => ({ type: 'select', id, selected: false })))
        wanted.current = ids
        selectWanted()
      }),
    [selectWanted, apply],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: new cards are what it waits for.
  useEffect(selectWanted, [projection, selectWanted])

  const settling = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(settling.current), [])
  /** Places of the cards that are held: true at once for all who ask, told to the chart a few times a second. */
  const carry = useCallback(
    (moved: readonly Carried[]) => {
      const places = new Map(moved.map(({ id, x, y }) => [id, { x, y }]))
      now.current = now.current.map((node) => moveTo(node, places.get(node.id)))
      settling.current ??= setTimeout(() => {
        settling.current = undefined
        list.set(now.current)
      }, settleMs)
    },
    [list],
  )

  const change = useCallback(
    (changes: NodeChange<WorkspaceNode>[]) => {
      const wanted = changes.filter((change) => isWanted(change) && !isCarried(change, now.current))
      if (wanted.length === 0) return
      if (!wanted.every(isDeselection)) return apply(wanted)
      // A drag that begins lets go of what is selected; the person did not, and the inspector must not jump.
      queueMicrotask(() => {
        if (held.current.size === 0) apply(wanted)
      })
    },
    [apply],
  )

  const startBox = useCallback(() => {
    isBoxing.current = true
  }, [])
  /** What the box holds is chosen now. */
  const endBox = useCallback(() => {
    isBoxing.current = false
    const chosenCards = now.current.filter((node) => node.selected)
    apply(chosenCards.map(({ id }) => ({ type: 'select', id, selected: true })))
    if (chosenCards.length === 0) onSelect(null)
  }, [apply, onSelect])

  /** Puts cards back where the workspaces say. */
  const release = useCallback(() => {
    held.current = new Set()
    commit(mergeNodes(now.current, last.current.nodes, held.current))
  }, [commit])

  /** The parent of a workspace as last told by the server, whatever the pointer holds. */
  const parentTold = useCallback(
    (id: WorkspaceId) => last.current.nodes.find((node) => node.id === id)?.data.workspace.parentId,
    [],
  )

  return {
    ...{ chart, shownChart, collapsing, edges: projection.edges, projected: projection.nodes },
    ...{ list, now, held, change, carry, release, parentTold, startBox, endBox },
  }
}

export type Cards = ReturnType<typeof useCards>

/** Long enough to cost nothing, short enough that a card that comes into view is there when one looks. */
const settleMs = 200

function moveTo(node: WorkspaceNode, position: Position | undefined): WorkspaceNode {
  return position ? { ...node, position } : node
}

function isWanted({ type }: NodeChange<WorkspaceNode>): boolean {
  return type === 'select' || type === 'position'
}

/** A step of a drag that the chart knows of; such cards are carried. */
function isCarried(change: NodeChange<WorkspaceNode>, nodes: readonly WorkspaceNode[]): boolean {
  if (change.type !== 'position' || !change.dragging) return false
  return nodes.some(({ id, dragging }) => id === change.id && dragging === true)
}

function isDeselection(change: NodeChange<WorkspaceNode>): boolean {
  return change.type === 'select' && !change.selected
}

function selectOnly(node: WorkspaceNode, id: string | null): WorkspaceNode {
  return selectIf(node, node.id === id)
}

function selectIf(node: WorkspaceNode, selected: boolean): WorkspaceNode {
  return (node.selected ?? false) === selected ? node : { ...node, selected }
}
