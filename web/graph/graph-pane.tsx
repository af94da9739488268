import '@xyflow/react/dist/base.css'
import './graph.css'
import { useQuery } from '@tanstack/react-query'
import { ReactFlowProvider } from '@xyflow/react'
import type { ReactNode } from 'react'
import { useIsPast } from '../features/past/index.ts'
import { workspacesQuery } from '../features/workspaces/index.ts'
import { readProblem } from '../kernel/app-error.ts'
import { useMay } from '../kernel/may.ts'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { PhoneOrg, useIsPhone } from './attention/phone-org.tsx'
import { EmptyChart } from './empty-chart.tsx'
import { GraphCanvas } from './graph-canvas.tsx'
import type { GraphPaneProps } from './graph-pane-props.ts'

/** The org chart, live. */
export function GraphPane(props: GraphPaneProps) {
  const { data, error, isPending, refetch } = useQuery(workspacesQuery(props.orgId))
  const isPast = useIsPast()
  const isPhone = useIsPhone()
  const mayCreate = useMay(props.orgId, 'workspaces.create')
  const mayImport = useMay(props.orgId, 'templates.import')
  if (isPending) {
    return (
      <Frame>
        <p className="m-auto flex items-center gap-2 text-fg-2">
          <Spinner /> Loading the org
        </p>
      </Frame>
    )
  }
  if (!data) {
    const { message, fix } = readProblem(error)
    return (
      <Frame>
        <div className="m-auto max-w-100">
          <ErrorPanel title={message} action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {fix}
          </ErrorPanel>
        </div>
      </Frame>
    )
  }
  // Before the first workspace of the past the canvas stays, so that view and edges stay with it.
  if (data.workspaces.length === 0 && !isPast) {
    return (
      <Frame>
        <EmptyChart orgId={props.orgId} mayCreate={mayCreate} mayImport={mayImport} />
      </Frame>
    )
  }
  const graph = (
    <ReactFlowProvider key={props.orgId}>
      <GraphCanvas {...props} workspaces={data.workspaces} />
    </ReactFlowProvider>
  )
  return isPhone ? <PhoneOrg {...props} workspaces={data.workspaces} graph={graph} /> : graph
}

function Frame({ children }: { children: ReactNode }) {
  return (
    <section aria-label="Org graph" className="relative flex size-full bg-canvas">
      {children}
    </section>
  )
}
