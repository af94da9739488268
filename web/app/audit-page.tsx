import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { AuditDetail, AuditPane, type AuditSearch } from '../features/audit/index.ts'
import { useGone } from '../features/people/index.ts'
import { workspacesQuery } from '../features/workspaces/index.ts'
import { readProblem } from '../kernel/app-error.ts'
import { isOrgId } from '../kernel/ids.ts'
import { GonePage } from './gone-page.tsx'
import { useLive } from './live.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { OrgTopBar } from './org-top-bar.tsx'
import { Rail } from './rail.tsx'
import { Refused } from './refused.tsx'
import { Shell } from './shell.tsx'
import { openInspector } from './shell-state.ts'
import { StatusBar } from './status-bar.tsx'

const route = getRouteApi('/o/$orgId/audit')

/** The audit of one org, in the frame of the app; an open event has the place of the inspector. */
export function AuditPage() {
  const { orgId } = route.useParams()
  return isOrgId(orgId) ? <OpenAudit key={orgId} orgId={orgId} /> : <NotFoundPage />
}

function OpenAudit({ orgId }: { orgId: Parameters<typeof useLive>[0] }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const stream = useLive(orgId)
  const { error } = useQuery(workspacesQuery(orgId))
  const onSearch = useCallback(
    (change: AuditSearch) => {
      if (change.e !== undefined) openInspector()
      void navigate({ search: (before) => clean({ ...before, ...change }), replace: true })
    },
    [navigate],
  )
  const gone = useGone(orgId)
  const code = error ? readProblem(error).code : undefined
  if (gone) return <GonePage name={gone.name} how={gone.how} />
  if (code === 'unauthenticated' || stream === 'refused') return <Refused orgId={orgId} />
  if (code === 'not-found') return <NotFoundPage />
  return (
    <Shell
      title="Audit · Delegraph"
      topBar={
        <OrgTopBar
          orgId={orgId}
          selected={undefined}
          onSelect={(w) => void navigate({ to: '/o/$orgId', params: { orgId }, search: { w } })}
        />
      }
      rail={<Rail orgId={orgId} place="audit" />}
      graph={<AuditPane orgId={orgId} search={search} onSearch={onSearch} />}
      dock={null}
      inspector={search.e === undefined ? null : <AuditDetail orgId={orgId} search={search} onSearch={onSearch} />}
      statusBar={<StatusBar orgId={orgId} stream={stream} />}
    />
  )
}

function clean(search: AuditSearch): AuditSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}
