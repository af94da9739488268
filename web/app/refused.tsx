import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../kernel/app-error.ts'
import { trpc } from '../kernel/trpc.ts'
import { Button } from '../ui/button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { GonePage } from './gone-page.tsx'
import { PageFrame } from './page-frame.tsx'
import { returnHere } from './sign-in.ts'

/** The server lets nobody listen here any more: the session has ended, or this is the person's organisation no more. */
export function RefusedPage({ orgId }: { orgId: OrgId }) {
  const [back] = useState(returnHere)
  const orgs = useQuery({ ...trpc.orgs.list.queryOptions(), refetchOnMount: 'always' })
  if (orgs.error && readProblem(orgs.error).code === 'unauthenticated') {
    return <Navigate to="/sign-in" hash={back} replace />
  }
  if (orgs.data && !orgs.isFetching && !orgs.data.some((org) => org.id === orgId)) {
    return <GonePage name="this organisation" how="removed" />
  }
  if (orgs.error || (orgs.data && !orgs.isFetching)) {
    return (
      <PageFrame title="The connection was refused">
        <p className="text-pretty text-fg-2">
          Your work on the server goes on, and unsaved text is kept in this browser.
        </p>
        <div>
          <Button tone="primary" onClick={() => window.location.reload()}>
            Reload the page
          </Button>
        </div>
      </PageFrame>
    )
  }
  return (
    <PageFrame title="Delegraph">
      <p className="flex items-center gap-2 text-fg-2">
        <Spinner /> Asking whether you are still signed in
      </p>
    </PageFrame>
  )
}
