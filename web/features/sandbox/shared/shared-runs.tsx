import { useQuery } from '@tanstack/react-query'
import { Play, Share2, Trash2 } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '#web/kernel/app-error.ts'
import { client, trpc } from '#web/kernel/trpc.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { ErrorPanel } from '#web/ui/error-panel.tsx'
import { IconButton } from '#web/ui/icon-button.tsx'
import { SkeletonLines } from '#web/ui/skeleton.tsx'
import { TimeAgo } from '#web/ui/time-ago.tsx'
import { notify } from '#web/ui/toast.ts'
import { followRuns } from './follow-runs.ts'
import { openSharedRun } from './use-shared-runs.ts'

type SharedRunsProps = { orgId: OrgId; isOpen: boolean; onClose: () => void }

/** What people of the org shared, newest first. */
export function SharedRuns({ orgId, isOpen, onClose }: SharedRunsProps) {
  const runs = useQuery(trpc.runs.list.queryOptions({ orgId }, { enabled: isOpen }))
  const remove = async (runId: NonNullable<typeof runs.data>[number]['id']) => {
    try {
      await client.runs.delete.mutate({ orgId, runId })
      followRuns()
    } catch (error) {
      notify({ title: readProblem(error).message, tone: 'failed' })
    }
  }
  return (
    <Dialog title="Shared runs" isOpen={isOpen} onClose={onClose}>
      {runs.isPending && <SkeletonLines count={4} label="Loading what was shared" />}
      {runs.error && (
        <ErrorPanel
          title={readProblem(runs.error).message}
          action={<Button onClick={() => runs.refetch()}>Try again</Button>}
        />
      )}
      {runs.data?.length === 0 && (
        <EmptyState icon={Share2} title="Nothing is shared yet">
          Share a run to give everybody in this organisation its code, its files and what came of it.
        </EmptyState>
      )}
      <ul className="flex flex-col">
        {runs.data?.map((run) => (
          <li key={run.id} className="flex items-center gap-3 border-b border-line py-2 last:border-0">
            <span className="min-w-0 flex-1">
              <span className="block truncate font-mono text-12" title={run.title}>
                {run.title}
              </span>
              <span className="block truncate text-12 text-fg-2">
                {run.sharedBy} · {run.language} · {run.outcome ?? 'not run'} · <TimeAgo at={run.sharedAt} />
              </span>
            </span>
            <IconButton
              icon={Play}
              label={`Open ${run.title}`}
              size="small"
              onClick={() => {
                void openSharedRun(orgId, run.id)
                onClose()
              }}
            />
            <IconButton icon={Trash2} label={`Delete ${run.title}`} size="small" onClick={() => void remove(run.id)} />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
