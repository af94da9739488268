import { ReactFlow, type ReactFlowProps, useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'
import type { CardList } from './card-list.ts'
import type { WorkspaceNode } from './project.ts'
import { zoomRange } from './stored-viewport.ts'
import { WorkspaceCard } from './workspace-card.tsx'

const nodeTypes = { workspace: WorkspaceCard }
const noNodes: WorkspaceNode[] = []
const multiKeys = ['Shift', 'Meta', 'Control']
const style = { background: 'transparent' }

type OrgChartProps = ReactFlowProps<WorkspaceNode> & {
  list: CardList
  /** From afar the worker draws all cards, and none is in the page. */
  isPicture: boolean
}

/** The cards on the canvas. While they move only their wrappers are drawn anew; what is given should stay the same meanwhile. */
export function OrgChart({ list, isPicture, ...given }: OrgChartProps) {
  const cards = isPicture ? noNodes : list.now()
  usePushed(list, cards)
  return (
    <ReactFlow<WorkspaceNode>
      nodes={cards}
      nodeTypes={nodeTypes}
      minZoom={zoomRange.least}
      maxZoom={zoomRange.most}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      selectNodesOnDrag={false}
      multiSelectionKeyCode={multiKeys}
      nodeDragThreshold={4}
      zoomOnDoubleClick={false}
      panOnScroll
      deleteKeyCode={null}
      // Else it takes every space out of the editor, which it does not know for a text field.
      panActivationKeyCode={null}
      disableKeyboardA11y
      elevateNodesOnSelect
      aria-label="Org chart"
      style={style}
      {...given}
    />
  )
}

/** Hands each change to the chart's own store, past React: through the property it would draw the whole chart twice a step. */
function usePushed(list: CardList, drawn: WorkspaceNode[]): void {
  const flow = useStoreApi<WorkspaceNode>()
  useEffect(() => {
    if (drawn === noNodes) return
    let isDue = false
    const push = () => {
      isDue = false
      if (flow.getState().nodes !== list.now()) flow.getState().setNodes(list.now())
    }
    // The card under the pointer and those that follow it are told one after the other; they move in one step.
    const pushSoon = () => {
      if (!isDue) queueMicrotask(push)
      isDue = true
    }
    push()
    return list.subscribe(pushSoon)
  }, [flow, list, drawn])
}
