import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Suspense, useCallback } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { AuditDetail, AuditPane, type AuditSearch } from '../features/audit/index.ts'
import { NewOrgDialog, useGone } from '../features/people/index.ts'
import { KeysDialogHost } from '../features/secrets/index.ts'
import { useWorkspaces, workspacesQuery } from '../features/workspaces/index.ts'
import { readProblem } from '../kernel/app-error.ts'
import { isOrgId } from '../kernel/ids.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { GonePage, Refused } from './org-exits.tsx'
import { OrgTopBar } from './org-top-bar.tsx'
import { Rail } from './rail.tsx'
import { Shell } from './shell.tsx'
import { openDock, openInspector } from './shell-state.ts'
import { StatusBar } from './status-bar.tsx'
import { useLive } from './use-live.ts'

const OrgDialogs = lazyPart(() => import('../graph/org-dialogs.tsx').then((part) => ({ default: part.OrgDialogs })))
const OrgPalette = lazyPart(() => import('./org-palette.tsx').then((part) => ({ default: part.OrgPalette })))

const route = getRouteApi('/o/$orgId/audit')

/** The audit of one org, in the frame of the app; an open event has the place of the inspector. */
export function AuditPage() {
  const { orgId } = route.useParams()
  return isOrgId(orgId) ? <OpenAudit key={orgId} orgId={orgId} /> : <NotFoundPage />
}

function OpenAudit({ orgId }: { orgId: OrgId }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const stream = useLive(orgId)
  const { error } = useQuery(workspacesQuery(orgId))
  const workspaces = useWorkspaces(orgId)
  const onSearch = useCallback(
    (change: AuditSearch) => {
      if (change.e !== undefined) openInspector()
      void navigate({ search: (before) => clean({ ...before, ...change }), replace: true })
    },
    [navigate],
  )
  const onSelect = useCallback(
    (w: WorkspaceId | null) => void navigate({ to: '/o/$orgId', params: { orgId }, search: { w: w ?? undefined } }),
    [navigate, orgId],
  )
  const gone = useGone(orgId)
  const code = error ? readProblem(error).code : undefined
  if (gone) return <GonePage name={gone.name} how={gone.how} />
  if (code === 'unauthenticated' || stream === 'refused') return <Refused orgId={orgId} />
  if (code === 'not-found') return <NotFoundPage />
  return (
    <>
      <Shell
        orgId={orgId}
        place="audit"
        title="Audit · Delegraph"
        topBar={<OrgTopBar orgId={orgId} selected={undefined} onSelect={onSelect} />}
        rail={<Rail orgId={orgId} place="audit" />}
        graph={<AuditPane orgId={orgId} search={search} onSearch={onSearch} />}
        dock={null}
        inspector={search.e === undefined ? null : <AuditDetail orgId={orgId} search={search} onSearch={onSearch} />}
        statusBar={<StatusBar orgId={orgId} stream={stream} />}
      />
      <Suspense>
        <OrgPalette
          orgId={orgId}
          workspaces={workspaces}
          selectedId={null}
          onSelect={onSelect}
          onFile={(w, dock) => {
            openDock()
            void navigate({ to: '/o/$orgId', params: { orgId }, search: { w, dock } })
          }}
          onWork={(w, d) => void navigate({ to: '/o/$orgId', params: { orgId }, search: { w, tab: 'work', d } })}
        />
      </Suspense>
      <KeysDialogHost orgId={orgId} />
      <Suspense>
        <NewOrgDialog />
        <OrgDialogs orgId={orgId} selectedId={null} onSelect={onSelect} />
      </Suspense>
    </>
  )
}

function clean(search: AuditSearch): AuditSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}
