import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { DelegationView } from '#shared/delegations/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Select } from '../../../ui/select.tsx'
import { notify } from '../../../ui/toast.ts'
import { ProblemText, useWorkspaces } from '../../workspaces/index.ts'

export type ReassignDialogProps = {
  orgId: OrgId
  delegation: DelegationView
  onClose: () => void
  onOpen: (delegationId: string) => void
}

/** Who does the work instead, and what happens to what was begun. */
export function ReassignDialog({ orgId, delegation, onClose, onOpen }: ReassignDialogProps) {
  const others = useWorkspaces(orgId).filter(({ id }) => id !== delegation.workspaceId)
  const [chosenId, setChosenId] = useState<string>()
  const chosen = others.find(({ id }) => id === chosenId) ?? others[0]
  const give = useMutation(
    trpc.delegations.reassign.mutationOptions({
      onSuccess: (made) => {
        notify({ title: `${chosen?.name ?? 'The other workspace'} has the work now`, tone: 'done' })
        onClose()
        onOpen(made.delegationId)
      },
    }),
  )
  const submit = () => {
    if (chosen && !give.isPending) give.mutate({ orgId, delegationId: delegation.id, workspaceId: chosen.id })
  }
  const waiting = delegation.requester.kind === 'workspace' ? ` ${delegation.requesterName} then waits for that.` : ''
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={submit}
      title="Give this work to another workspace"
      description={`The other one begins the same task anew.${waiting} What ${delegation.workspaceName} began is cancelled and stays on record.`}
      width="narrow"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={!chosen} isBusy={give.isPending}>
            {chosen ? `Give it to ${chosen.name}` : 'There is no other workspace'}
          </Button>
        </>
      }
    >
      <Select
        label="Workspace"
        value={chosen?.id ?? ''}
        options={others.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setChosenId}
      />
      <ProblemText error={give.error} />
    </Dialog>
  )
}
