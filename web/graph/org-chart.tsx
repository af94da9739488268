import { ReactFlow, type ReactFlowProps } from '@xyflow/react'
import { type CardList, useCardList } from './card-list.ts'
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

/** The cards on the canvas. It alone is drawn anew while cards move; what it is given should stay the same meanwhile. */
export function OrgChart({ list, isPicture, ...given }: OrgChartProps) {
  const cards = useCardList(list)
  return (
    <ReactFlow<WorkspaceNode>
      nodes={isPicture ? noNodes : cards}
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
