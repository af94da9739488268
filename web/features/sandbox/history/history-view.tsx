import { History } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { ListRuns } from '#shared/runs/contract.ts'
import { readProblem } from '#web/kernel/app-error.ts'
import { Button } from '#web/ui/button.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { ErrorPanel } from '#web/ui/error-panel.tsx'
import { Segmented } from '#web/ui/segmented.tsx'
import { SkeletonLines } from '#web/ui/skeleton.tsx'
import { HistoryRow } from './history-row.tsx'
import { useRuns } from './use-runs.ts'

type Of = ListRuns['of']

const choices: readonly { value: Of; label: string; empty: string }[] = [
  { value: 'all', label: 'All', empty: 'What you run is kept here, for you alone, until you share it.' },
  { value: 'own', label: 'Yours', empty: 'What you run is kept here, for you alone, until you share it.' },
  { value: 'shared', label: 'Shared', empty: 'Share a run to give everybody here its code, its files and its result.' },
  { value: 'agents', label: 'Agents’', empty: 'What agents run with their tool run_code appears here as they run it.' },
]

/** Runs of before, the newest first: one's own, what others shared, and what agents ran. */
export function HistoryView({ orgId, onOpened }: { orgId: OrgId; onOpened: () => void }) {
  const [of, setOf] = useState<Of>('all')
  const runs = useRuns(orgId, of)
  const rows = runs.data ?? []
  const problem = runs.error && readProblem(runs.error)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="shrink-0 border-b border-line px-4 py-1.5">
        <Segmented label="Whose runs" options={choices} value={of} onChange={setOf} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {runs.isPending && (
          <div className="p-4">
            <SkeletonLines count={4} label="Loading the runs" />
          </div>
        )}
        {problem && (
          <ErrorPanel title={problem.message} action={<Button onClick={() => void runs.refetch()}>Try again</Button>}>
            {problem.fix}
          </ErrorPanel>
        )}
        {runs.data && rows.length === 0 && (
          <EmptyState icon={History} title="No run yet">
            {choices.find(({ value }) => value === of)?.empty}
          </EmptyState>
        )}
        <ul aria-label="Runs">
          {rows.map(([key, run]) => (
            <HistoryRow key={key} orgId={orgId} run={run} onOpened={onOpened} />
          ))}
        </ul>
        {runs.hasNextPage && (
          <p className="flex justify-center p-2">
            <Button size="small" isBusy={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
              Show older runs
            </Button>
          </p>
        )}
      </div>
    </div>
  )
}
