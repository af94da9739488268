import { useMutation } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Memory } from '#shared/memory/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'

/** Forgets at once, and offers to take it back. */
export function useForget(orgId: OrgId) {
  return useMutation({
    mutationFn: ({ id }: Memory) => client.memory.forget.mutate({ orgId, memoryId: id }),
    onSuccess: (_, { id }) => {
      readAgain()
      notify({
        title: 'Forgotten',
        detail: 'No agent recalls it any more. It is erased after a day.',
        tone: 'done',
        action: { label: 'Undo', run: () => void takeBack(orgId, id) },
      })
    },
    onError: tell,
  })
}

async function takeBack(orgId: OrgId, memoryId: Memory['id']): Promise<void> {
  try {
    await client.memory.unforget.mutate({ orgId, memoryId })
    readAgain()
  } catch (error) {
    tell(error)
  }
}

function readAgain(): void {
  void queryClient.invalidateQueries({ queryKey: trpc.memory.list.pathKey() })
}

function tell(error: unknown): void {
  const { message, fix } = readProblem(error)
  notify({ title: message, ...(fix && { detail: fix }), tone: 'failed' })
}
