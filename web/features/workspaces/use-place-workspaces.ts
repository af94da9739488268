import { useMutation } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { acting } from '../acts/index.ts'
import type { Placement } from './apply-event.ts'
import { placeNow, readChartAgain } from './follow.ts'

/** `name` is how the act reads after "Undo"; steps of one kind that follow each other are undone together. */
export type Placing = {
  orgId: OrgId
  name: string
  before: readonly Placement[]
  after: readonly Placement[]
  step?: 'nudge'
}

/** Keeps where cards were put; shown at once, taken back when the server refuses. */
export function usePlaceWorkspaces() {
  return useMutation({
    mutationFn: ({ orgId, name, after, step }: Placing) =>
      acting(
        orgId,
        client.workspaces.place.mutate({
          orgId,
          name: name.slice(0, 120),
          positions: [...after],
          ...(step && { step }),
        }),
      ),
    onMutate: ({ orgId, after }) => placeNow(orgId, after),
    onError: (error, { orgId, before }) => {
      placeNow(orgId, before)
      // Where they were before may itself not have been kept, or another has moved them since.
      void readChartAgain(orgId)
      const { message, fix } = readProblem(error)
      notify({ title: `The positions were not kept. ${message}`, detail: fix, tone: 'failed' })
    },
  })
}
