import type { DelegationView } from '#shared/delegations/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { useWorkspaces } from '../../workspaces/index.ts'
import { placeWords } from './state-words.ts'

type QueuePlaceProps = { orgId: OrgId; delegation: DelegationView; position: number }

/** Where queued work stands, and why nothing moves where its workspace is paused. */
export function QueuePlace({ orgId, delegation, position }: QueuePlaceProps) {
  const workspace = useWorkspaces(orgId).find(({ id }) => id === delegation.workspaceId)
  const words = placeWords(position)
  return (
    <p className="mt-2 text-13 text-pretty text-fg-2 tabular-nums">
      {words.charAt(0).toUpperCase() + words.slice(1)} at {delegation.workspaceName}.
      {workspace?.status === 'paused' && ` ${delegation.workspaceName} is paused: it goes on once that is resumed.`}
    </p>
  )
}
