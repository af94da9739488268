import { useMutation, useQuery } from '@tanstack/react-query'
import type { AgentTokenId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'

const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.keys.pathKey() })

/** The tokens of a workspace that work now. */
export function useAgentTokens(orgId: OrgId, workspaceId: WorkspaceId) {
  return useQuery(trpc.keys.tokens.queryOptions({ orgId, workspaceId }))
}

/** The answers of both hold the token, once. */
export function useIssueToken(orgId: OrgId, workspaceId: WorkspaceId) {
  return useMutation({
    mutationFn: (how: { graceHours: number } | 'first') =>
      how === 'first'
        ? client.keys.issueToken.mutate({ orgId, workspaceId })
        : client.keys.rotateToken.mutate({ orgId, workspaceId, ...how }),
    onSuccess: refresh,
    gcTime: 0,
  })
}

export function useRevokeToken(orgId: OrgId) {
  return useMutation({
    mutationFn: (tokenId: AgentTokenId) => client.keys.revokeToken.mutate({ orgId, tokenId }),
    onSuccess: refresh,
  })
}
