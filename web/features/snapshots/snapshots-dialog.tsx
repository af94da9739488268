import { useQuery } from '@tanstack/react-query'
import { Archive, Camera, Upload } from 'lucide-react'
import { useRef } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { ProblemText } from '../workspaces/index.ts'
import { askSnapshots, useAreSnapshotsAsked } from './ask.ts'
import { SnapshotRow } from './snapshot-row.tsx'
import { useSnapshotActs } from './use-snapshots.ts'

export type SnapshotsDialogProps = { orgId: OrgId; onRestored: (orgId: OrgId) => void }

/** Copies of the org: taking one, getting it as a file, making a fresh org of it. */
export function SnapshotsDialog(props: SnapshotsDialogProps) {
  return useAreSnapshotsAsked() ? <OpenDialog {...props} /> : null
}

function OpenDialog({ orgId, onRestored }: SnapshotsDialogProps) {
  const close = () => askSnapshots(false)
  const list = useQuery({ ...trpc.snapshots.list.queryOptions({ orgId }), staleTime: 0 })
  const { take, restore, upload, remove } = useSnapshotActs(orgId, (restored) => {
    close()
    onRestored(restored)
  })
  const input = useRef<HTMLInputElement>(null)
  const isBusy = take.isPending || restore.isPending || upload.isPending || remove.isPending
  const error = take.error ?? restore.error ?? upload.error ?? remove.error ?? list.error
  const choose = (file: File | undefined) => {
    if (file) upload.mutate(file)
    if (input.current) input.current.value = ''
  }
  return (
    <Dialog
      isOpen
      onClose={close}
      title="Snapshots"
      description="A copy of this organisation at one moment: workspaces, files, memories, plans, budgets, schedules and work. No secrets. Restoring makes a new organisation with everything paused."
      width="wide"
      footer={
        <>
          <input
            ref={input}
            type="file"
            accept=".gz,application/gzip"
            aria-label="File of a snapshot"
            className="sr-only"
            tabIndex={-1}
            onChange={(event) => choose(event.target.files?.[0])}
          />
          <Button icon={Upload} isBusy={upload.isPending} disabled={isBusy} onClick={() => input.current?.click()}>
            Restore from a file
          </Button>
          <Button
            icon={Camera}
            tone="primary"
            isBusy={take.isPending}
            disabled={isBusy}
            onClick={() => take.mutate()}
            data-autofocus
          >
            Take a snapshot
          </Button>
        </>
      }
    >
      {error && <ProblemText error={error} />}
      {!list.data && !list.error && <SkeletonLines count={3} label="Loading the snapshots" />}
      {list.data?.length === 0 && (
        <EmptyState icon={Archive} title="No snapshot yet">
          Taking one only reads: work goes on meanwhile.
        </EmptyState>
      )}
      {list.data !== undefined && list.data.length > 0 && (
        <ul aria-label="Snapshots">
          {list.data.map((snapshot) => (
            <SnapshotRow
              key={snapshot.id}
              orgId={orgId}
              snapshot={snapshot}
              isBusy={isBusy}
              isRestoring={restore.isPending && restore.variables.id === snapshot.id}
              onRestore={() => restore.mutate(snapshot)}
              onDelete={() => remove.mutate(snapshot)}
            />
          ))}
        </ul>
      )}
    </Dialog>
  )
}
