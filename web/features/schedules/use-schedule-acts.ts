import { useMutation } from '@tanstack/react-query'
import type { OrgId, ScheduleId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { offerUndo } from '../acts/index.ts'

type Which = { orgId: OrgId; scheduleId: ScheduleId; name: string }

const options = { onSettled: refresh, onError: tell }

/** What a person does to a schedule from the list. */
export function useScheduleActs(onOpenWork: (delegationId: string) => void) {
  const enable = useMutation({
    mutationFn: ({ orgId, scheduleId }: Which) => client.schedules.enable.mutate({ orgId, scheduleId }),
    ...options,
  })
  const disable = useMutation({
    mutationFn: ({ orgId, scheduleId }: Which) => client.schedules.disable.mutate({ orgId, scheduleId }),
    ...options,
  })
  const run = useMutation({
    mutationFn: ({ orgId, scheduleId }: Which) => client.schedules.run.mutate({ orgId, scheduleId }),
    ...options,
    onSuccess: ({ delegationId, again }, { name }) =>
      notify({
        title: again ? `${name} was started a moment ago` : `Started ${name}`,
        tone: 'done',
        action: { label: 'Open', run: () => onOpenWork(delegationId) },
      }),
  })
  const remove = useMutation({
    mutationFn: ({ orgId, scheduleId }: Which) => client.schedules.delete.mutate({ orgId, scheduleId }),
    ...options,
    onSuccess: (_, { orgId, scheduleId, name }) =>
      offerUndo(`Deleted ${name}`, {
        orgId,
        name: `deletion of ${name}`,
        undo: async () => {
          await client.schedules.restore.mutate({ orgId, scheduleId })
          refresh()
        },
      }),
  })
  return { enable, disable, run, remove }
}

function refresh(): void {
  void queryClient.invalidateQueries({ queryKey: trpc.schedules.pathKey() })
}

function tell(error: unknown): void {
  const { message, fix } = readProblem(error)
  notify({ title: message, detail: fix, tone: 'failed' })
}
