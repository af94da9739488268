import { Hand } from 'lucide-react'
import { Suspense } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { type Command, useCommands } from '../../kernel/commands.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { askApprovals, useApprovalViewHere } from './ask.ts'

const Bell = lazyPart(() => import('./bell.tsx').then((part) => ({ default: part.Bell })))
const RulesDialog = lazyPart(() => import('./rules-dialog.tsx').then((part) => ({ default: part.RulesDialog })))

const commands: readonly Command[] = [
  {
    id: 'approvals.open',
    title: 'See what waits for approval',
    group: 'Organisation',
    keys: 'A',
    run: () => askApprovals('bell'),
  },
  {
    id: 'approvals.rules',
    title: 'Approval rules',
    group: 'Organisation',
    run: () => askApprovals('rules'),
  },
]

/** In the top bar at every width: what waits for a person. What it opens is fetched after the first paint. */
export function ApprovalsBell({ orgId }: { orgId: OrgId }) {
  const view = useApprovalViewHere()
  useCommands(commands)
  return (
    <>
      <Suspense fallback={<IconButton icon={Hand} label="Approvals" disabled />}>
        <Bell orgId={orgId} />
      </Suspense>
      {view === 'rules' && (
        <Suspense>
          <RulesDialog orgId={orgId} onClose={() => askApprovals('nothing')} />
        </Suspense>
      )}
    </>
  )
}
