import { useMutation } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Memory } from '#shared/memory/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'

export type MemoryEdit = { id: Memory['id']; importance?: number; pinned?: boolean }

/** Changes how much a memory matters, or pins it. */
export function useEditMemory(orgId: OrgId) {
  return useMutation({
    mutationFn: ({ id: memoryId, ...change }: MemoryEdit) => client.memory.edit.mutate({ orgId, memoryId, ...change }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.memory.list.pathKey() }),
    onError: (error) => {
      const { message, fix } = readProblem(error)
      notify({ title: message, ...(fix && { detail: fix }), tone: 'failed' })
    },
  })
}
