import { useMutation } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Snapshot } from '#shared/snapshots/contract.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { followSnapshots } from './cache.ts'
import { restoreFile } from './restore-file.ts'

type Restored = { orgId: OrgId; name: string; alive: number }

/** Taking, restoring and deleting; `onRestored` is told where to go. */
export function useSnapshotActs(orgId: OrgId, onRestored: (orgId: OrgId) => void) {
  const arrive = ({ orgId: restored, name, alive }: Restored) => {
    void queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() })
    const waits = alive === 0 ? '' : ` ${alive === 1 ? 'One delegation waits' : `${alive} delegations wait`} to go on.`
    notify({
      title: `${name} is ready`,
      detail: `Its roots are paused and its schedules are off: nothing runs until you resume them.${waits}`,
      tone: 'done',
    })
    onRestored(restored)
  }
  const take = useMutation({
    mutationFn: () => client.snapshots.take.mutate({ orgId }),
    onSuccess: followSnapshots,
  })
  const restore = useMutation({
    mutationFn: ({ id }: Snapshot) => client.snapshots.restore.mutate({ orgId, snapshotId: id }),
    onSuccess: arrive,
  })
  const upload = useMutation({ mutationFn: restoreFile, onSuccess: arrive })
  const remove = useMutation({
    mutationFn: ({ id }: Snapshot) => client.snapshots.delete.mutate({ orgId, snapshotId: id }),
    onSuccess: followSnapshots,
  })
  return { take, restore, upload, remove }
}
