import { useQuery } from '@tanstack/react-query'
import { Hand, ListChecks } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Popover } from '../../ui/popover.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { type Tab, Tabs } from '../../ui/tabs.tsx'
import { ApprovalList } from './approval-list.tsx'
import { askApprovals, useApprovalView } from './ask.ts'
import { pendingQuery } from './cache.ts'
import { DecidedList } from './decided-list.tsx'

/** How many questions wait; a click lists them, and what was answered before. */
export function Bell({ orgId }: { orgId: OrgId }) {
  const isOpen = useApprovalView() === 'bell'
  const pending = useQuery(pendingQuery(orgId)).data?.pending ?? 0
  return (
    <Popover
      label="Approvals"
      width="wide"
      isOpen={isOpen}
      onOpenChange={(next) => askApprovals(next ? 'bell' : 'nothing')}
      trigger={
        <button
          type="button"
          aria-label={pending === 0 ? 'Approvals: none waits' : `Approvals: ${pending} waiting`}
          aria-keyshortcuts="A"
          className={
            pending === 0
              ? 'flex size-7 shrink-0 items-center justify-center rounded-6 text-fg-2 transition-colors hover:bg-hover hover:text-fg'
              : 'flex h-7 shrink-0 items-center gap-1.5 rounded-6 border border-state-waiting px-2 text-13 text-state-waiting transition-colors hover:bg-hover'
          }
        >
          <Hand size={16} strokeWidth={1.75} aria-hidden />
          {pending > 0 && <span className="font-medium tabular-nums">{pending > 99 ? '99+' : pending}</span>}
        </button>
      }
    >
      <Opened orgId={orgId} />
    </Popover>
  )
}

const tabs = [
  { id: 'waiting', label: 'Waiting' },
  { id: 'history', label: 'History' },
] as const satisfies readonly Tab<string>[]

function Opened({ orgId }: { orgId: OrgId }) {
  const [active, setActive] = useState<(typeof tabs)[number]['id']>('waiting')
  return (
    <div className="-m-3 flex flex-col">
      <Tabs label="Approvals" tabs={tabs} active={active} onSelect={setActive}>
        {active === 'waiting' ? <Waiting orgId={orgId} /> : <DecidedList orgId={orgId} />}
      </Tabs>
      <div className="flex border-t border-line p-2">
        <Button size="small" tone="ghost" icon={ListChecks} onClick={() => askApprovals('rules')}>
          Rules
        </Button>
      </div>
    </div>
  )
}

function Waiting({ orgId }: { orgId: OrgId }) {
  const { data, error, refetch } = useQuery(pendingQuery(orgId))
  if (data) return <ApprovalList orgId={orgId} approvals={data.approvals} pending={data.pending} />
  if (!error) return <SkeletonLines count={4} label="Loading what waits" />
  const { message, fix } = readProblem(error)
  return (
    <ErrorPanel title={message} action={<Button onClick={() => void refetch()}>Try again</Button>}>
      {fix}
    </ErrorPanel>
  )
}
