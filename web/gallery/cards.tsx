import { ReactFlowProvider } from '@xyflow/react'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { GraphPane } from '../graph/graph-pane.tsx'
import { WorkspaceCard } from '../graph/workspace-card.tsx'
import { orgId, workspaces } from './example-org.ts'
import { Section, State } from './section.tsx'

const [, idle, queued] = workspaces
const nothing = () => undefined

/** Cards by themselves, then on the graph with the edges between them. */
export function Cards() {
  return (
    <>
      <Section title="Cards">
        <ReactFlowProvider>
          <div className="grid grid-cols-[repeat(auto-fill,232px)] gap-5">
            {workspaces.map((workspace) => (
              <Card key={workspace.id} workspace={workspace} />
            ))}
            {idle && (
              <State name="selected">
                <Card workspace={idle} look={{ selected: true }} />
              </State>
            )}
            {queued && (
              <State name="dragged">
                <Card workspace={queued} look={{ dragging: true }} />
              </State>
            )}
          </div>
        </ReactFlowProvider>
      </Section>
      <Section title="Graph, with its edges">
        <div className="h-120 overflow-hidden rounded-8 border border-line">
          <GraphPane orgId={orgId} selectedId={null} onSelect={nothing} onOpen={nothing} onOpenWork={nothing} />
        </div>
      </Section>
    </>
  )
}

type CardProps = { workspace: Workspace; look?: { selected?: boolean; dragging?: boolean } }

function Card({ workspace, look = {} }: CardProps) {
  return (
    <div className="relative h-[76px] w-[232px]">
      <WorkspaceCard
        {...{ id: workspace.id, type: 'workspace', zIndex: 0, isConnectable: false, draggable: true, selectable: true }}
        {...{ deletable: false, positionAbsoluteX: 0, positionAbsoluteY: 0, selected: false, dragging: false }}
        {...look}
        data={{ workspace, teamSize: 0, isCollapsed: false }}
      />
    </div>
  )
}
