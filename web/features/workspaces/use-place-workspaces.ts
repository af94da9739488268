import { useMutation } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import type { Placement } from './apply-event.ts'
import { placeNow } from './cache.ts'
import { undoStack } from './undo-stack.ts'

export type Placing = { orgId: OrgId; name: string; before: readonly Placement[]; after: readonly Placement[] }

/** Keeps where cards were put; shown at once, taken back when the server refuses. */
export function usePlaceWorkspaces() {
  return useMutation({
    mutationFn: ({ orgId, after }: Placing) => client.workspaces.place.mutate({ orgId, positions: [...after] }),
    onMutate: ({ orgId, after }) => placeNow(orgId, after),
    onSuccess: (_, { orgId, name, before }) =>
      undoStack.push({
        name,
        undo: async () => {
          await client.workspaces.place.mutate({ orgId, positions: [...before] })
          placeNow(orgId, before)
        },
      }),
    onError: (error, { orgId, before }) => {
      placeNow(orgId, before)
      const { message, fix } = readProblem(error)
      notify({ title: `The positions were not kept. ${message}`, detail: fix, tone: 'failed' })
    },
  })
}
