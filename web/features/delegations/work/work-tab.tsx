import { ChevronsDown, ListChecks, Send } from 'lucide-react'
import type { DelegationView } from '#shared/delegations/contract.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { IfMay } from '../../../kernel/if-may.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { SkeletonLines } from '../../../ui/skeleton.tsx'
import { askDelegation } from '../ask.ts'
import { DelegationRow } from './delegation-row.tsx'
import { isAlive } from './state-words.ts'
import { useWork } from './use-work.ts'

export type WorkTabProps = { orgId: OrgId; workspaceId: WorkspaceId; onOpen: (delegationId: string) => void }

/** The work of one workspace: what runs, what waits its turn, what was. */
export function WorkTab({ orgId, workspaceId, onOpen }: WorkTabProps) {
  const work = useWork(orgId, workspaceId)
  if (work.error && !work.data) {
    const { message, fix } = readProblem(work.error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void work.refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  if (!work.data) {
    return (
      <div className="p-4">
        <SkeletonLines count={5} label="Loading the work" />
      </div>
    )
  }
  const own = work.data
  if (own.length === 0) {
    return (
      <EmptyState
        icon={ListChecks}
        title="No work yet"
        action={
          <IfMay orgId={orgId} permission="delegations.give">
            <Button icon={Send} onClick={() => askDelegation(workspaceId)}>
              New delegation
            </Button>
          </IfMay>
        }
      >
        Give it a task; every step it takes is recorded here.
      </EmptyState>
    )
  }
  const groups = [
    { title: 'Now', of: own.filter((one) => isAlive(one) && one.state !== 'queued') },
    { title: 'Queued', of: own.filter((one) => one.state === 'queued') },
    { title: 'Earlier', of: own.filter((one) => !isAlive(one)) },
  ]
  return (
    <div className="min-h-0 flex-1 overflow-y-auto py-2">
      {groups.map(({ title, of }) => of.length > 0 && <Group key={title} title={title} work={of} onOpen={onOpen} />)}
      {work.hasNextPage && (
        <p className="px-4 pb-3">
          <Button
            size="small"
            icon={ChevronsDown}
            isBusy={work.isFetchingNextPage}
            onClick={() => void work.fetchNextPage()}
          >
            Show earlier work
          </Button>
        </p>
      )}
    </div>
  )
}

type GroupProps = { title: string; work: readonly DelegationView[]; onOpen: (delegationId: string) => void }

function Group({ title, work, onOpen }: GroupProps) {
  return (
    <section aria-label={title} className="px-2 pb-2">
      <h3 className="px-2 py-1.5 text-12 text-fg-2">
        {title}
        {work.length > 1 && <span className="tabular-nums"> · {work.length}</span>}
      </h3>
      <ul>
        {work.map((delegation) => (
          <li key={delegation.id}>
            <DelegationRow delegation={delegation} from={delegation.requesterName} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  )
}
