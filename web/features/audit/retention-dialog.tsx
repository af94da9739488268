import { useMutation } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notify } from '../../ui/toast.ts'

type RetentionDialogProps = {
  orgId: OrgId
  /** What was chosen, null for ever; undefined while nothing was. */
  keepDays: number | null | undefined
  onClose: () => void
}

export function RetentionDialog({ orgId, keepDays, onClose }: RetentionDialogProps) {
  const keep = useMutation({
    mutationFn: (days: number | null) => client.audit.setRetention.mutate({ orgId, keepDays: days }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: trpc.audit.pathKey() })
      onClose()
    },
    onError: (error) => notify({ title: readProblem(error).message, detail: readProblem(error).fix, tone: 'failed' }),
  })
  if (keepDays === undefined) return null
  const isForEver = keepDays === null
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="narrow"
      title={isForEver ? 'Keep all events for ever?' : `Drop events older than ${keepDays} days?`}
      description={
        isForEver
          ? 'Nothing is dropped from now on. What is gone stays gone.'
          : 'They go within the hour and cannot be brought back; so does the past on the track before that. Export the log first if you may need it. What is left still verifies.'
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone={isForEver ? 'primary' : 'danger'} isBusy={keep.isPending} onClick={() => keep.mutate(keepDays)}>
            {isForEver ? 'Keep all events' : `Drop events older than ${keepDays} days`}
          </Button>
        </>
      }
    />
  )
}
