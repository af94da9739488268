import type { Node } from '@xyflow/react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position, Workspace } from '#shared/workspaces/contract.ts'
import { cardSize } from './card-size.ts'
import { layOut } from './layout.ts'
import type { Collapsing } from './teams/collapse.ts'

/** Live status is never in here: it would make a new node of each change. */
export type WorkspaceNode = Node<{ workspace: Workspace; teamSize: number; isCollapsed: boolean }, 'workspace'>

export type HierarchyEdge = { from: WorkspaceId; to: WorkspaceId }

export type Projection = { nodes: WorkspaceNode[]; edges: HierarchyEdge[] }

export const emptyProjection: Projection = { nodes: [], edges: [] }

/**
 * Workspaces as nodes and edges, teams that are collapsed as one. What did not change since the last projection stays the
 * same object.
 */
export function project({ shown, insides }: Collapsing, last: Projection): Projection {
  const places = layOut(shown)
  const before = new Map(last.nodes.map((node) => [node.id, node]))
  const sizes = Map.groupBy(shown, ({ parentId }) => parentId)
  const nodes = shown.map((workspace) => {
    const known = before.get(workspace.id)
    const position = places.get(workspace.id) ?? { x: 0, y: 0 }
    const inside = insides.get(workspace.id)
    const teamSize = inside?.length ?? sizes.get(workspace.id)?.length ?? 0
    const next = { workspace, teamSize, isCollapsed: inside !== undefined }
    return known && isSame(known, next, position) ? known : makeNode(next, position)
  })
  return { nodes: keepList(nodes, last.nodes), edges: keepEdges(shown, last.edges) }
}

/** The projection's nodes with what the canvas knows beside: the selection, and places of cards that are held. */
export function mergeNodes(
  shown: WorkspaceNode[],
  projected: WorkspaceNode[],
  held: ReadonlySet<string>,
): WorkspaceNode[] {
  const before = new Map(shown.map((node) => [node.id, node]))
  const merged = projected.map((node) => {
    const known = before.get(node.id)
    if (!known) return node
    const position = held.has(node.id) ? known.position : node.position
    const isSamePlace = known.position.x === position.x && known.position.y === position.y
    if (known.data === node.data && isSamePlace) return known
    if (!known.selected && position === node.position) return node
    return { ...node, position, selected: known.selected ?? false }
  })
  return keepList(merged, shown)
}

const noHandles: NonNullable<WorkspaceNode['handles']> = []

function makeNode(data: WorkspaceNode['data'], position: Position): WorkspaceNode {
  return {
    id: data.workspace.id,
    type: 'workspace',
    position,
    data,
    // Known sizes spare the measuring of each card.
    ...cardSize,
    measured: cardSize,
    // Said to have none; else every card is mounted once to look for the points that edges start from.
    handles: noHandles,
    // The card itself is the group that has a name; its wrapper is nothing to a listener.
    domAttributes: { 'aria-roledescription': undefined },
  }
}

function isSame(node: WorkspaceNode, next: WorkspaceNode['data'], position: Position): boolean {
  const isSamePlace = node.position.x === position.x && node.position.y === position.y
  const { workspace, teamSize, isCollapsed } = node.data
  const isSameTeam = teamSize === next.teamSize && isCollapsed === next.isCollapsed
  return workspace === next.workspace && isSameTeam && isSamePlace
}

function keepList(nodes: WorkspaceNode[], last: WorkspaceNode[]): WorkspaceNode[] {
  return nodes.length === last.length && nodes.every((node, index) => node === last[index]) ? last : nodes
}

function keepEdges(workspaces: readonly Workspace[], last: HierarchyEdge[]): HierarchyEdge[] {
  const known = new Set<string>(workspaces.map(({ id }) => id))
  const before = new Map(last.map((edge) => [edge.to, edge]))
  const edges = workspaces.flatMap(({ id, parentId }) => {
    if (!parentId || !known.has(parentId)) return []
    const kept = before.get(id)
    return [kept?.from === parentId ? kept : { from: parentId, to: id }]
  })
  return edges.length === last.length && edges.every((edge, index) => edge === last[index]) ? last : edges
}
