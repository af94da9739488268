import type { OrgId } from '#shared/kernel/ids.ts'
import { useWorkspaces } from '../workspaces/index.ts'
import { askMove, useMoveQuestion } from './ask.ts'
import { MoveDialog } from './move-dialog.tsx'
import { MovePicker } from './move-picker.tsx'

/** The question about a move that was asked last, if any. */
export function MoveDialogs({ orgId }: { orgId: OrgId }) {
  const question = useMoveQuestion()
  const workspaces = useWorkspaces(orgId)
  if (!question) return null
  if (question.kind === 'pick') {
    return (
      <MovePicker
        workspaces={workspaces}
        workspaceIds={question.workspaceIds}
        onPick={(toParentId) => askMove({ kind: 'confirm', workspaceIds: question.workspaceIds, toParentId })}
        onClose={() => askMove(undefined)}
      />
    )
  }
  const settle = (isMoved: boolean) => {
    askMove(undefined)
    question.onSettled?.(isMoved)
  }
  return (
    <MoveDialog
      orgId={orgId}
      workspaces={workspaces}
      workspaceIds={question.workspaceIds}
      toParentId={question.toParentId}
      landings={question.landings ?? []}
      onPlace={
        question.onPlace &&
        (() => {
          askMove(undefined)
          question.onPlace?.()
        })
      }
      onClose={() => settle(false)}
      onMoved={() => settle(true)}
    />
  )
}
