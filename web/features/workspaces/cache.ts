import { queryOptions, useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace, WorkspaceList } from '#shared/workspaces/contract.ts'
import { client, trpc } from '../../kernel/trpc.ts'

const none: readonly Workspace[] = []

export function workspacesQuery(orgId: OrgId) {
  return queryOptions({
    queryKey: trpc.workspaces.list.queryKey({ orgId }),
    queryFn: (): Promise<WorkspaceList> => client.workspaces.list.query({ orgId }),
  })
}

/** The living workspaces of an org, kept true by events. */
export function useWorkspaces(orgId: OrgId): readonly Workspace[] {
  return useQuery(workspacesQuery(orgId)).data?.workspaces ?? none
}
