import { Download, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Snapshot } from '#shared/snapshots/contract.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'

export type SnapshotRowProps = {
  orgId: OrgId
  snapshot: Snapshot
  isBusy: boolean
  isRestoring: boolean
  onRestore: () => void
  onDelete: () => void
}

export function SnapshotRow({ orgId, snapshot, isBusy, isRestoring, onRestore, onDelete }: SnapshotRowProps) {
  const [isSure, setIsSure] = useState(false)
  const { id, name, takenAt, takenByName, bytes, workspaces, delegations, memories } = snapshot
  const download = () => {
    const link = document.createElement('a')
    link.href = `/api/orgs/${orgId}/snapshots/${id}`
    link.download = ''
    link.click()
  }
  return (
    <li className="flex flex-wrap items-center gap-2 border-b border-line py-2.5 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="truncate text-13 font-medium" title={name}>
          {name}
        </p>
        <p className="text-12 text-fg-2">
          <TimeAgo at={takenAt} /> by {takenByName} · {count(workspaces, 'workspace')} ·{' '}
          {count(delegations, 'delegation')} · {count(memories, 'memory', 'memories')} · {sizeOf(bytes)}
        </p>
      </div>
      {isSure ? (
        <>
          <Button size="small" onClick={() => setIsSure(false)}>
            Keep
          </Button>
          <Button size="small" tone="danger" disabled={isBusy} onClick={onDelete}>
            Delete for good
          </Button>
        </>
      ) : (
        <>
          <Button size="small" isBusy={isRestoring} disabled={isBusy} onClick={onRestore}>
            Restore as a new org
          </Button>
          <IconButton icon={Download} label={`Download ${name}`} size="small" onClick={download} />
          <IconButton icon={Trash2} label={`Delete ${name}`} size="small" onClick={() => setIsSure(true)} />
        </>
      )}
    </li>
  )
}

function count(many: number, one: string, more = `${one}s`): string {
  return `${many} ${many === 1 ? one : more}`
}

function sizeOf(bytes: number): string {
  if (bytes < 100_000) return `${Math.ceil(bytes / 1_000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
