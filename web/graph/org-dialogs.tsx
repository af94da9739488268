import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { auditCommands } from '../features/audit/index.ts'
import { CompanyDialog, companyCommands, DelegationDialogs, delegationCommands } from '../features/delegations/index.ts'
import { MoveDialogs, moveCommands } from '../features/moves/index.ts'
import { SnapshotsDialog, snapshotCommands } from '../features/snapshots/index.ts'
import { controlCommands, WorkspaceDialogs, workspaceCommands } from '../features/workspaces/index.ts'
import { useCommands } from '../kernel/commands.ts'
import { selectedNow } from './selection.ts'

export type OrgDialogsProps = {
  orgId: OrgId
  selectedId: WorkspaceId | null
  onSelect: (id: WorkspaceId | null) => void
}

/** Once in an org's layout: the dialogs and commands about its workspaces, wherever they are asked for. */
export function OrgDialogs({ orgId, selectedId, onSelect }: OrgDialogsProps) {
  const commands = useMemo(() => {
    const selected = () => {
      const many = selectedNow()
      return many.length > 0 || selectedId === null ? many : [selectedId]
    }
    return [
      ...delegationCommands(selected),
      ...workspaceCommands(selected),
      ...controlCommands(orgId, selected),
      ...companyCommands(orgId),
      ...moveCommands(selected),
      ...snapshotCommands,
      ...auditCommands(orgId),
    ]
  }, [orgId, selectedId])
  useCommands(commands)
  const navigate = useNavigate()
  return (
    <>
      <WorkspaceDialogs orgId={orgId} selectedId={selectedId} onSelect={onSelect} />
      <MoveDialogs orgId={orgId} />
      <DelegationDialogs orgId={orgId} />
      <CompanyDialog orgId={orgId} />
      <SnapshotsDialog
        orgId={orgId}
        onRestored={(restored) => void navigate({ to: '/o/$orgId', params: { orgId: restored }, search: {} })}
      />
    </>
  )
}
