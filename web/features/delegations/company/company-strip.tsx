import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { trpc } from '../../../kernel/trpc.ts'

const CompanyStrips = lazyPart(() => import('./company-strips.tsx').then((part) => ({ default: part.CompanyStrips })))

/** Over the org, while it is stopped or frozen; fetched only then. */
export function CompanyStrip({ orgId }: { orgId: OrgId }) {
  const org = useQuery(trpc.orgs.list.queryOptions()).data?.find((one) => one.id === orgId)
  if (!org?.isStopped && !org?.isFrozen) return null
  return (
    <Suspense>
      <CompanyStrips org={org} />
    </Suspense>
  )
}
