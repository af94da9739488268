import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { client } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { ProblemText, teamBelow } from '../workspaces/index.ts'
import type { Landing } from './ask.ts'
import { MoveDifference } from './move-difference.tsx'
import { useMoveWorkspaces } from './use-move-workspaces.ts'
import { consequences, whatMoves } from './words.ts'

export type MoveDialogProps = {
  orgId: OrgId
  workspaces: readonly Workspace[]
  workspaceIds: readonly WorkspaceId[]
  toParentId: WorkspaceId | null
  landings: readonly Landing[]
  /** Keeps it in its team, at its new place. */
  onPlace: (() => void) | undefined
  onClose: () => void
  onMoved: () => void
}

/** Shows what a move would change, before it is made. */
export function MoveDialog({
  orgId,
  workspaces,
  workspaceIds,
  toParentId,
  landings,
  onPlace,
  onClose,
  onMoved,
}: MoveDialogProps) {
  // The chart as it was asked about: events that come meanwhile answer as a conflict, not as another question.
  const asked = useRef(workspaces).current
  const moved = asked.filter(({ id }) => workspaceIds.includes(id))
  const target = asked.find(({ id }) => id === toParentId) ?? null
  const move = useMoveWorkspaces()
  const preview = useQuery({
    queryKey: ['moves.preview', orgId, workspaceIds, toParentId],
    queryFn: () =>
      client.moves.preview.query({ orgId, moves: moved.map(({ id }) => ({ workspaceId: id, toParentId })) }),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  })
  const what = whatMoves(moved)
  const act = target
    ? `Move ${what} under ${target.name}`
    : moved.length === 1
      ? `Make ${what} a root`
      : `Make ${what} roots`
  const submit = () => {
    if (move.isPending || !preview.data) return
    const team = teamBelow(asked, workspaceIds)
    move.mutate({ orgId, moved, target, team, landings }, { onSuccess: onMoved })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={submit}
      title={<Question moved={moved} target={target} />}
      description={
        preview.data ? consequences(preview.data) || 'Nobody else moves along.' : 'Looking at what this would change.'
      }
      footer={
        <>
          <Button onClick={onClose} trailing={<Kbd keys={['Esc']} />}>
            Cancel
          </Button>
          {onPlace && (
            <Button onClick={onPlace} disabled={move.isPending}>
              Only place it here
            </Button>
          )}
          <Button
            type="submit"
            tone="primary"
            data-autofocus
            isBusy={move.isPending}
            disabled={preview.isError}
            // It keeps the keyboard while the difference is looked for; nobody confirms what they have not seen.
            aria-disabled={preview.isPending || undefined}
            title={act}
            className="max-w-full aria-disabled:opacity-50"
            trailing={<Kbd keys={['⏎']} isOnAccent />}
          >
            <span className="max-w-70 truncate">{act}</span>
          </Button>
        </>
      }
    >
      {preview.isPending && (
        <p className="flex items-center gap-2 border-t border-line py-3 text-fg-2">
          <Spinner /> Comparing who can talk to whom
        </p>
      )}
      {preview.data && <MoveDifference preview={preview.data} moved={moved} target={target} />}
      <ProblemText error={move.error ?? preview.error} />
    </Dialog>
  )
}

function Question({ moved, target }: { moved: readonly Workspace[]; target: Workspace | null }) {
  const what = <strong className="font-semibold">{whatMoves(moved)}</strong>
  if (!target) {
    return (
      <span className="font-normal">
        Make {what} {moved.length === 1 ? 'a root' : 'roots'}?
      </span>
    )
  }
  return (
    <span className="font-normal">
      Move {what} under <strong className="font-semibold">{target.name}</strong>?
    </span>
  )
}
