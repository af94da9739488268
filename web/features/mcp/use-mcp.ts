import { useMutation, useQuery } from '@tanstack/react-query'
import type { McpServerId, OrgId } from '#shared/kernel/ids.ts'
import type { AddMcpServer, ChangeMcpServer, McpServer, SetToolHints } from '#shared/mcp/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { followMcp } from './cache.ts'

export function useMcpServers(orgId: OrgId) {
  return useQuery({ ...trpc.mcp.list.queryOptions({ orgId }), staleTime: 0 })
}

export function useAddServer() {
  return useMutation({ mutationFn: (given: AddMcpServer) => client.mcp.add.mutate(given), onSettled: followMcp })
}

export function useChangeServer() {
  return useMutation({ mutationFn: (given: ChangeMcpServer) => client.mcp.change.mutate(given), onSettled: followMcp })
}

type One = { orgId: OrgId; serverId: McpServerId }
type Look = One & { hash: string }

/** Meets the server and reads its tools; calls none. */
export function useTryServer() {
  return useMutation({ mutationFn: (given: One) => client.mcp.try.mutate(given), onSettled: followMcp })
}

export function useApproveCommand() {
  return useMutation({ mutationFn: (given: Look) => client.mcp.approveCommand.mutate(given), onSettled: followMcp })
}

export function useApproveTools() {
  return useMutation({ mutationFn: (given: Look) => client.mcp.approveTools.mutate(given), onSettled: followMcp })
}

export function useSetToolHints() {
  return useMutation({
    mutationFn: (given: SetToolHints) => client.mcp.setToolHints.mutate(given),
    onSettled: followMcp,
    onError: tellProblem,
  })
}

/** At once, with a way back. */
export function useRemoveServer(orgId: OrgId) {
  const restore = useRestoreServer()
  return useMutation({
    mutationFn: ({ id }: McpServer) => client.mcp.remove.mutate({ orgId, serverId: id }),
    onSuccess: (_, { id, name }) =>
      notify({
        title: `Removed ${name}`,
        tone: 'done',
        action: { label: 'Undo', run: () => restore.mutate({ orgId, serverId: id }) },
      }),
    onSettled: followMcp,
    onError: tellProblem,
  })
}

export function useRestoreServer() {
  return useMutation({
    mutationFn: (given: One) => client.mcp.restore.mutate(given),
    onSettled: followMcp,
    onError: tellProblem,
  })
}

/** What went wrong and what to do now. */
export function problemWords(error: unknown): string {
  const { message, fix } = readProblem(error)
  return [message, fix].filter(Boolean).join(' ')
}

function tellProblem(error: unknown): void {
  const { message, fix } = readProblem(error)
  notify({ title: message, ...(fix && { detail: fix }), tone: 'failed' })
}
