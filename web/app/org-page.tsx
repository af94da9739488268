import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect } from 'react'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { ApprovalsBanner } from '../features/approvals/index.ts'
import { CompanyStrip, LoopBanner } from '../features/delegations/index.ts'
import { useHere } from '../features/drafts/index.ts'
import { Guide } from '../features/onboarding/index.ts'
import { PastBadge, Scrubber } from '../features/past/index.ts'
import { NewOrgDialog, useGone } from '../features/people/index.ts'
import { KeysDialogHost } from '../features/secrets/index.ts'
import { TemplateParts } from '../features/templates/index.ts'
import { useWorkspaces, workspacesQuery } from '../features/workspaces/index.ts'
import { readProblem } from '../kernel/app-error.ts'
import { Spinner } from '../ui/spinner.tsx'
import { forgetOrg } from './last-org.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { GonePage, Refused } from './org-exits.tsx'
import { OrgTopBar } from './org-top-bar.tsx'
import { Rail } from './rail.tsx'
import { RunHost } from './run-host.tsx'
import { Shell } from './shell.tsx'
import { closeInspector, openDock, openInspector } from './shell-state.ts'
import { StatusBar } from './status-bar.tsx'
import { useLive } from './use-live.ts'
import { type Place, usePlace } from './use-place.ts'

const GraphPane = lazyPart(() => import('../graph/graph-pane.tsx').then((part) => ({ default: part.GraphPane })))
const Inspector = lazyPart(() => import('./inspector/inspector.tsx').then((part) => ({ default: part.Inspector })))
const OrgDock = lazyPart(() => import('./org-dock.tsx').then((part) => ({ default: part.OrgDock })))
const OrgDialogs = lazyPart(() => import('../graph/org-dialogs.tsx').then((part) => ({ default: part.OrgDialogs })))
const OrgPalette = lazyPart(() => import('./org-palette.tsx').then((part) => ({ default: part.OrgPalette })))

/** One org: the graph as the room, the panes of the features around it. */
export function OrgPage() {
  const place = usePlace()
  const { error } = useQuery(workspacesQuery(place.orgId))
  const gone = useGone(place.orgId)
  const code = error ? readProblem(error).code : undefined
  useEffect(() => {
    if (code === 'not-found' || gone) forgetOrg()
  }, [code, gone])
  if (gone) return <GonePage name={gone.name} how={gone.how} />
  if (code === 'unauthenticated') return <Refused orgId={place.orgId} />
  if (code === 'not-found') return <NotFoundPage />
  return <OpenOrg key={place.orgId} place={place} />
}

function OpenOrg({ place }: { place: Place }) {
  const { orgId } = place
  const stream = useLive(orgId)
  const workspaces = useWorkspaces(orgId)
  const selected = workspaces.find((workspace) => workspace.id === place.workspaceId)
  const selectedId = selected?.id ?? null
  useHere(orgId, selectedId)
  if (stream === 'refused') return <Refused orgId={orgId} />
  return (
    <RunHost orgId={orgId} place={place}>
      <Shell
        orgId={orgId}
        place="graph"
        title={selected ? `${selected.name} · Delegraph` : 'Delegraph'}
        topBar={<OrgTopBar orgId={orgId} selected={selected} onSelect={place.select} />}
        rail={<Rail orgId={orgId} place="graph" />}
        graph={
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            <CompanyStrip orgId={orgId} />
            <Guide
              orgId={orgId}
              onPrompt={(id) => {
                place.open(id, 'prompt')
                openDock()
              }}
              onWork={(id, delegationId) => {
                place.openWork(id, delegationId)
                openInspector()
              }}
            />
            <ApprovalsBanner orgId={orgId} />
            <LoopBanner
              orgId={orgId}
              onOpen={(id, delegationId) => {
                place.openWork(id, delegationId)
                openInspector()
              }}
            />
            <div className="relative flex min-h-0 min-w-0 flex-1">
              <Suspense fallback={<Loading />}>
                <GraphPane
                  orgId={orgId}
                  selectedId={selectedId}
                  onSelect={place.select}
                  onOpen={(id, what) => {
                    if (what === 'details' || what === 'chat') {
                      place.openTab(id, what === 'chat' ? 'chat' : 'overview')
                      openInspector()
                      return
                    }
                    place.open(id, what)
                    openDock()
                  }}
                  onOpenWork={(id, delegationId) => {
                    place.openWork(id, delegationId)
                    openInspector()
                  }}
                />
              </Suspense>
              <PastBadge />
            </div>
            <Scrubber orgId={orgId} />
          </div>
        }
        dock={
          <Suspense fallback={<DockLoading />}>
            <OrgDock
              orgId={orgId}
              workspace={selected}
              tab={place.dock}
              onTab={place.showDock}
              onSelect={place.select}
              onChat={(id) => {
                place.openTab(id, 'chat')
                openInspector()
              }}
            />
          </Suspense>
        }
        inspector={
          selected ? (
            <Suspense fallback={<Loading />}>
              <Inspector
                orgId={orgId}
                workspace={selected}
                place={place}
                onEdit={(what) => {
                  place.showDock(what)
                  openDock()
                }}
                onClose={closeInspector}
              />
            </Suspense>
          ) : null
        }
        statusBar={<StatusBar orgId={orgId} stream={stream} />}
      />
      <Suspense>
        <OrgPalette
          orgId={orgId}
          workspaces={workspaces}
          selectedId={selectedId}
          onSelect={(id) => {
            place.select(id)
            openInspector()
          }}
          onFile={(id, tab) => {
            place.open(id, tab)
            openDock()
          }}
          onWork={(id, delegationId) => {
            place.openWork(id, delegationId)
            openInspector()
          }}
        />
      </Suspense>
      <KeysDialogHost orgId={orgId} />
      <TemplateParts orgId={orgId} />
      <Suspense>
        <NewOrgDialog />
        <OrgDialogs orgId={orgId} selectedId={selectedId} onSelect={place.select} />
      </Suspense>
    </RunHost>
  )
}

/** As high as the row of tabs, so that nothing moves when they come. */
function DockLoading() {
  return (
    <div className="min-h-0 min-w-0 flex-1">
      <div className="h-9 border-b border-line" />
    </div>
  )
}

function Loading() {
  return (
    <p className="m-auto flex items-center gap-2 text-fg-2">
      <Spinner /> Loading the org
    </p>
  )
}
