import { useQuery } from '@tanstack/react-query'
import type { DelegationView } from '#shared/delegations/contract.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { client, trpc } from '../../../kernel/trpc.ts'

/** The newest work of these workspaces by its id, for a few lines of a list; undefined until it is there. */
export function useSomeWork(
  orgId: OrgId,
  workspaceIds: readonly WorkspaceId[],
): Map<string, DelegationView> | undefined {
  const [only, ...others] = new Set(workspaceIds)
  const workspaceId = others.length === 0 ? only : undefined
  return useQuery({
    // Below the path of the list, so that what follows events reads it again too.
    queryKey: [...trpc.delegations.list.pathKey(), { someOf: workspaceId ?? 'all', orgId }],
    queryFn: () => client.delegations.list.query({ orgId, workspaceId, limit: 100 }),
    select: (works) => new Map<string, DelegationView>(works.map((work) => [work.id, work])),
    enabled: only !== undefined,
  }).data
}
