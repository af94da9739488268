import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemText } from './problem-text.tsx'
import { teamBelow } from './team.ts'
import { useDeleteWorkspaces } from './use-delete-workspaces.ts'

export type DeleteWorkspacesDialogProps = {
  orgId: OrgId
  workspaces: readonly Workspace[]
  workspaceIds: readonly WorkspaceId[]
  onClose: () => void
  onDeleted: () => void
}

/** Says who goes, whole teams by name, before anything does. */
export function DeleteWorkspacesDialog({
  orgId,
  workspaces,
  workspaceIds,
  onClose,
  onDeleted,
}: DeleteWorkspacesDialogProps) {
  const remove = useDeleteWorkspaces()
  const chosen = workspaces.filter(({ id }) => workspaceIds.includes(id))
  const team = teamBelow(workspaces, workspaceIds)
  const below = new Set(chosen.flatMap(({ id }) => teamBelow(workspaces, [id]).map((member) => member.id)))
  const heads = chosen.filter(({ id }) => !below.has(id))
  const others = team.filter(({ id }) => !heads.some((head) => head.id === id))
  const count = heads.length + others.length
  const what = heads.length === 1 ? (heads[0]?.name ?? '') : `${heads.length} workspaces`
  const submit = () => {
    if (remove.isPending || heads.length === 0) return
    const done = () => {
      onClose()
      onDeleted()
    }
    remove.mutate({ orgId, heads, all: workspaces }, { onSuccess: done })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={submit}
      title={`Delete ${what}?`}
      description="Their running delegations are cancelled. You can undo this."
      width="narrow"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="danger" isBusy={remove.isPending} data-autofocus>
            {count === 1 ? `Delete ${what}` : `Delete ${count} workspaces`}
          </Button>
        </>
      }
    >
      {heads.length > 1 && <Names title="Chosen" workspaces={heads} />}
      {others.length > 0 && <Names title={`The team goes too: ${others.length}`} workspaces={others} />}
      <ProblemText error={remove.error} />
    </Dialog>
  )
}

const shown = 12

function Names({ title, workspaces }: { title: string; workspaces: readonly Workspace[] }) {
  return (
    <section className="border-t border-line py-2">
      <h3 className="text-12 text-fg-3">{title}</h3>
      <ul className="mt-1 flex flex-col">
        {workspaces.slice(0, shown).map(({ id, name, role }) => (
          <li key={id} className="flex min-w-0 items-baseline justify-between gap-3">
            <span className="truncate font-medium" title={name}>
              {name}
            </span>
            <span className="max-w-1/2 shrink-0 truncate text-12 text-fg-3">{role}</span>
          </li>
        ))}
      </ul>
      {workspaces.length > shown && <p className="text-12 text-fg-3">and {workspaces.length - shown} more</p>}
    </section>
  )
}
