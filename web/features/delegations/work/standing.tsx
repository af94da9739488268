import type { DelegationView, HoldView } from '#shared/delegations/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { LinkedWords } from '../../../ui/linked-words.tsx'
import { BudgetRaise } from '../../budgets/index.ts'
import { HoldPanel } from './hold-panel.tsx'
import { LoopPaused } from './loop-paused.tsx'
import { QueuePlace } from './queue-place.tsx'

type StandingProps = { orgId: OrgId; delegation: DelegationView; hold: HoldView | null }

/** Why work stands where it stands, and what moves it on. */
export function Standing({ orgId, delegation, hold }: StandingProps) {
  const { id, reason, queuePosition, waitingFor } = delegation
  return (
    <>
      {reason !== null && (
        <p className="mt-2 text-13 text-pretty text-fg-2">
          <LinkedWords text={reason} />
        </p>
      )}
      {queuePosition !== null && <QueuePlace orgId={orgId} delegation={delegation} position={queuePosition} />}
      {hold && <HoldPanel orgId={orgId} delegationId={id} hold={hold} />}
      {waitingFor === 'input' && <LoopPaused orgId={orgId} delegationId={id} />}
      {waitingFor === 'budget' && <BudgetRaise orgId={orgId} delegationId={id} />}
    </>
  )
}
