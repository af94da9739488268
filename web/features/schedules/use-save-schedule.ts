import { useMutation } from '@tanstack/react-query'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { ScheduleView } from '#shared/schedules/contract.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import type { ScheduleForm } from './schedule-form.ts'

type Saving = { orgId: OrgId; workspaceId: WorkspaceId; saved: ScheduleView | null; form: ScheduleForm }

/** Makes a schedule, or saves what was changed about one. */
export function useSaveSchedule(onSaved: () => void) {
  return useMutation({
    mutationFn: async ({ orgId, workspaceId, saved, form }: Saving) => {
      if (saved) await client.schedules.change.mutate({ orgId, scheduleId: saved.id, version: saved.version, ...form })
      else await client.schedules.create.mutate({ orgId, workspaceId, ...form })
    },
    onSuccess: (_, { saved, form }) => {
      notify({ title: saved ? `Saved ${form.name.trim()}` : `${form.name.trim()} is scheduled`, tone: 'done' })
      onSaved()
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: trpc.schedules.pathKey() }),
  })
}
