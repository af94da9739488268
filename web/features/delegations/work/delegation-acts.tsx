import { useMutation } from '@tanstack/react-query'
import { FastForward, RotateCcw, Square, UserRoundPen } from 'lucide-react'
import { useState } from 'react'
import type { DelegationView } from '#shared/delegations/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { useMay } from '../../../kernel/may.ts'
import { trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { notify } from '../../../ui/toast.ts'
import { useOneAtATime } from '../../../ui/use-one-at-a-time.ts'
import { createAttempts } from '../attempt.ts'
import { MessageBox } from './message-box.tsx'
import { ReassignDialog } from './reassign-dialog.tsx'
import { isAlive } from './state-words.ts'
import { messageBox, unsentMessages } from './unsent-messages.ts'

export type DelegationActsProps = { orgId: OrgId; delegation: DelegationView; onOpen: (delegationId: string) => void }

const attempts = createAttempts()

/** What a person can do with a delegation as it stands. */
export function DelegationActs({ orgId, delegation, onOpen }: DelegationActsProps) {
  const onError = (error: unknown) => {
    const { message, fix } = readProblem(error)
    notify({ title: message, detail: fix, tone: 'failed' })
  }
  const stop = useMutation(trpc.delegations.cancel.mutationOptions({ onError }))
  const goOn = useMutation(trpc.delegations.continue.mutationOptions({ onError }))
  const again = useMutation(
    trpc.delegations.retry.mutationOptions({
      onError,
      onSuccess: (made, { delegationId }) => {
        attempts.arrived(delegationId)
        onOpen(made.delegationId)
      },
    }),
  )
  const beginAgain = useOneAtATime()
  const maySteer = useMay(orgId, 'delegations.steer')
  const [isGiving, setGiving] = useState(false)
  const which = { orgId, delegationId: delegation.id }
  // Without room in a budget more steps would not help: that wait offers to raise it (see BudgetRaise).
  const canGoOn = delegation.waitingFor === 'budget' && delegation.stepsTaken >= delegation.stepLimit
  const canRetry = delegation.state === 'failed' || delegation.state === 'cancelled'
  // Once for each time it is looked at: it leads to the new work.
  const runAgain = () =>
    beginAgain((end) => {
      again.mutate({ ...which, idempotencyKey: attempts.keyOf(delegation.id, 'again') }, { onError: end })
    })
  const box = messageBox(isAlive(delegation), unsentMessages.useWords(delegation.id))
  if (!maySteer || (box === 'none' && !canRetry)) return null
  return (
    <footer className="flex shrink-0 flex-col gap-2 border-t border-line px-4 py-2.5">
      {box !== 'none' && <MessageBox orgId={orgId} delegationId={delegation.id} isClosed={box === 'closed'} />}
      <div className="flex flex-wrap gap-2">
        {canGoOn && (
          <Button tone="primary" icon={FastForward} isBusy={goOn.isPending} onClick={() => goOn.mutate(which)}>
            Continue (+25 steps)
          </Button>
        )}
        {canRetry && (
          <Button icon={RotateCcw} isBusy={again.isPending} onClick={runAgain}>
            Run it again
          </Button>
        )}
        {isAlive(delegation) && (
          <Button icon={UserRoundPen} onClick={() => setGiving(true)}>
            Reassign…
          </Button>
        )}
        {isAlive(delegation) && (
          <Button
            tone="danger"
            icon={Square}
            isBusy={stop.isPending}
            onClick={() => stop.mutate(which)}
            className="ml-auto"
          >
            Stop
          </Button>
        )}
      </div>
      {isGiving && (
        <ReassignDialog orgId={orgId} delegation={delegation} onClose={() => setGiving(false)} onOpen={onOpen} />
      )}
    </footer>
  )
}
