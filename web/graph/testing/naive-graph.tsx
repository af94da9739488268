import '@xyflow/react/dist/base.css'
import { type Edge, Handle, type Node, type NodeProps, Position, ReactFlow } from '@xyflow/react'
import { useEffect, useState } from 'react'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { StatusLabel } from '../../ui/status-glyph.tsx'
import { cardSize } from '../card-size.ts'
import { layOut } from '../layout.ts'

type Status = 'idle' | 'working' | 'waiting-approval' | 'completed'
type NaiveNode = Node<{ workspace: Workspace; status: Status }, 'naive'>

const nodeTypes = { naive: NaiveCard }
/** Four changes each ten milliseconds: 400 status changes a second, as ours hears them. */
const changesPerTick = 4
const tickMs = 10

const statuses: Status[] = ['working', 'waiting-approval', 'completed', 'idle']

/** How one writes it first: the status in each node's data, and a new list of nodes for each change. */
export function NaiveGraph({
  workspaces,
  viewport,
}: {
  workspaces: readonly Workspace[]
  viewport: { x: number; y: number; zoom: number }
}) {
  const [nodes, setNodes] = useState<NaiveNode[]>(() => nodesOf(workspaces))
  const [edges] = useState<Edge[]>(() => edgesOf(workspaces))
  useEffect(() => {
    let step = 0
    const change = () => {
      step += 1
      const at = pseudoRandom(step) % workspaces.length
      const status = statuses[step % statuses.length] ?? 'idle'
      setNodes((before) =>
        before.map((node, index) => (index === at ? { ...node, data: { ...node.data, status } } : node)),
      )
    }
    const timer = setInterval(() => {
      for (let count = 0; count < changesPerTick; count += 1) change()
    }, tickMs)
    return () => clearInterval(timer)
  }, [workspaces])
  return (
    <div className="h-full">
      <ReactFlow nodes={nodes} edges={edges} nodeTypes={nodeTypes} defaultViewport={viewport} minZoom={0.04} />
    </div>
  )
}

function NaiveCard({ data: { workspace, status } }: NodeProps<NaiveNode>) {
  return (
    <div className="flex h-[76px] w-[232px] flex-col justify-center rounded-8 border border-line bg-raised px-3 shadow-card">
      <Handle type="target" position={Position.Top} />
      <span className="truncate font-semibold">{workspace.name}</span>
      <span className="truncate text-12 text-fg-2">{workspace.role}</span>
      <StatusLabel state={status}>{status}</StatusLabel>
      <Handle type="source" position={Position.Bottom} />
    </div>
  )
}

function nodesOf(workspaces: readonly Workspace[]): NaiveNode[] {
  const places = layOut(workspaces)
  return workspaces.map((workspace) => ({
    id: workspace.id,
    type: 'naive',
    position: places.get(workspace.id) ?? { x: 0, y: 0 },
    data: { workspace, status: 'idle' },
    ...cardSize,
  }))
}

function edgesOf(workspaces: readonly Workspace[]): Edge[] {
  return workspaces.flatMap(({ id, parentId }) => (parentId ? [{ id, source: parentId, target: id }] : []))
}

/** The same changes in every run. */
function pseudoRandom(seed: number): number {
  return Math.imul(seed ^ 0x9e3779b9, 2654435761) >>> 8
}
