import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { Suspense } from 'react'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { readProblem } from '../kernel/app-error.ts'
import { trpc } from '../kernel/trpc.ts'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { lastOrg } from './last-org.ts'
import { PageFrame } from './page-frame.tsx'

const FirstOrg = lazyPart(() => import('./first-org.tsx').then((part) => ({ default: part.FirstOrg })))

/** Leads to the org this browser showed last, else to the person's first. */
export function HomePage() {
  const orgs = useQuery(trpc.orgs.list.queryOptions())
  if (orgs.error) {
    const { code, message, fix } = readProblem(orgs.error)
    if (code === 'unauthenticated') return <Navigate to="/sign-in" replace />
    return (
      <PageFrame title="Delegraph">
        <ErrorPanel title={message} action={<Button onClick={() => void orgs.refetch()}>Try again</Button>}>
          {fix}
        </ErrorPanel>
      </PageFrame>
    )
  }
  if (!orgs.data) {
    return (
      <PageFrame title="Delegraph">
        <p className="flex items-center gap-2 text-fg-2">
          <Spinner /> Looking up your organisations
        </p>
      </PageFrame>
    )
  }
  const last = lastOrg()
  const org = orgs.data.find((candidate) => candidate.id === last) ?? orgs.data[0]
  if (org)
    return <Navigate to="/o/$orgId" params={{ orgId: org.id }} search={({ settings }) => ({ settings })} replace />
  return (
    <Suspense>
      <FirstOrg />
    </Suspense>
  )
}
