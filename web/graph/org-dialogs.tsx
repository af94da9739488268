import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { undoCommands } from '../features/acts/index.ts'
import { auditCommands } from '../features/audit/index.ts'
import {
  CompanyDialog,
  companyCommands,
  DelegationDialogs,
  delegationCommands,
  StopWorkDialog,
} from '../features/delegations/index.ts'
import { MoveDialogs, moveCommands } from '../features/moves/index.ts'
import { useIsPast } from '../features/past/index.ts'
import { SnapshotsDialog, snapshotCommands } from '../features/snapshots/index.ts'
import { controlCommands, selectedNow, WorkspaceDialogs, workspaceCommands } from '../features/workspaces/index.ts'
import { type Command, useCommands } from '../kernel/commands.ts'
import { useMay } from '../kernel/may.ts'
import { notify } from '../ui/toast.ts'

export type OrgDialogsProps = {
  orgId: OrgId
  selectedId: WorkspaceId | null
  onSelect: (id: WorkspaceId | null) => void
}

/** Once in an org's layout: the dialogs and commands about its workspaces, wherever they are asked for. */
export function OrgDialogs({ orgId, selectedId, onSelect }: OrgDialogsProps) {
  const isPast = useIsPast()
  const mayGive = useMay(orgId, 'delegations.give')
  const mayEdit = useMay(orgId, 'workspaces.edit')
  const commands = useMemo(() => {
    const selected = () => {
      const many = selectedNow()
      return many.length > 0 || selectedId === null ? many : [selectedId]
    }
    const changes = [
      ...(mayGive ? delegationCommands(selected) : []),
      ...(mayEdit
        ? [
            ...undoCommands(orgId),
            ...workspaceCommands(selected),
            ...controlCommands(orgId, selected),
            ...moveCommands(selected),
          ]
        : []),
    ]
    return [
      ...(isPast ? changes.map(refusedInPast) : changes),
      // Stopping all is of the present, wherever one looks.
      ...companyCommands(orgId),
      ...snapshotCommands,
      ...auditCommands(orgId),
    ]
  }, [orgId, selectedId, isPast, mayGive, mayEdit])
  useCommands(commands)
  const navigate = useNavigate()
  return (
    <>
      <WorkspaceDialogs orgId={orgId} selectedId={selectedId} onSelect={onSelect} />
      <MoveDialogs orgId={orgId} />
      <DelegationDialogs orgId={orgId} />
      <StopWorkDialog orgId={orgId} />
      <CompanyDialog orgId={orgId} shows={isPast ? 'past' : 'present'} />
      <SnapshotsDialog
        orgId={orgId}
        onRestored={(restored) => void navigate({ to: '/o/$orgId', params: { orgId: restored }, search: {} })}
      />
    </>
  )
}

/** What a person sees is not what they would change. */
function refusedInPast(command: Command): Command {
  const title = 'The past is read only. Go back to live to change something.'
  return { ...command, run: () => notify({ id: 'past', title }) }
}
