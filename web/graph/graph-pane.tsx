import '@xyflow/react/dist/base.css'
import './graph.css'
import { useQuery } from '@tanstack/react-query'
import { ReactFlowProvider } from '@xyflow/react'
import { Network, Plus } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { StartCards } from '../features/onboarding/index.ts'
import { useIsPast } from '../features/past/index.ts'
import { askTemplates } from '../features/templates/index.ts'
import { askWorkspace, workspacesQuery } from '../features/workspaces/index.ts'
import { readProblem } from '../kernel/app-error.ts'
import { useMay } from '../kernel/may.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { PhoneOrg, useIsPhone } from './attention/phone-org.tsx'
import { GraphCanvas } from './graph-canvas.tsx'
import type { GraphPaneProps } from './graph-pane-props.ts'
import { useFirstPaste } from './use-first-paste.ts'

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

/** One may draw a team or take one that is there; who may do neither is told what will come. */
type EmptyChartProps = { orgId: OrgId; mayCreate: boolean; mayImport: boolean }

function EmptyChart({ orgId, mayCreate, mayImport }: EmptyChartProps) {
  useFirstPaste(orgId, mayCreate)
  const create = () => askWorkspace({ kind: 'create', parentId: null })
  if (mayCreate && mayImport) {
    return (
      <div className="flex min-h-0 flex-1 flex-col items-center justify-center-safe gap-1 overflow-y-auto p-6 text-center">
        <p className="text-15 font-semibold">This org has no workspace yet</p>
        <p className="mb-4 max-w-130 text-pretty text-fg-2">
          A workspace is a role that an agent fills. Start with a lead, or with a small team that works at once.
        </p>
        <Suspense>
          <StartCards
            onChoose={({ slug, name }) => askTemplates({ kind: 'import', from: { kind: 'library', slug, name } })}
            blank={{ title: 'New workspace', about: 'One role; the others report to it.', run: create }}
          />
        </Suspense>
      </div>
    )
  }
  return (
    <EmptyState
      icon={Network}
      title="This org has no workspace yet"
      action={
        mayCreate && (
          <Button tone="primary" icon={Plus} onClick={create}>
            New workspace
          </Button>
        )
      }
    >
      A workspace is a role that an agent fills.{' '}
      {mayCreate ? 'Start with a lead; the others report to it.' : 'Members add them; you see them here as they come.'}
    </EmptyState>
  )
}

function Frame({ children }: { children: ReactNode }) {
  return (
    <section aria-label="Org graph" className="relative flex size-full bg-canvas">
      {children}
    </section>
  )
}
