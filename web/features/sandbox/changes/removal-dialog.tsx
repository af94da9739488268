import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '#web/kernel/app-error.ts'
import { Button } from '#web/ui/button.tsx'
import { DiffEditor } from '#web/ui/code-editor.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { ErrorPanel } from '#web/ui/error-panel.tsx'
import { SkeletonLines } from '#web/ui/skeleton.tsx'
import { useDeleteFile } from '../../files/index.ts'
import { codeLanguageOf } from './code-language-of.ts'
import { useStanding } from './use-save-result.ts'
import type { Removed } from './written.ts'

export type RemovalDialogProps = {
  orgId: OrgId
  /** Where it can be deleted; undefined where it cannot. */
  workspace: Workspace | undefined
  removed: Removed
  onClose: () => void
}

/** A file a run took away, before it goes from the workspace too; there it can be brought back. */
export function RemovalDialog({ orgId, workspace, removed, onClose }: RemovalDialogProps) {
  if (workspace) return <In orgId={orgId} workspace={workspace} path={removed.path} onClose={onClose} />
  return (
    <Dialog isOpen onClose={onClose} title={removed.path} description="The run deleted its copy of it." width="full">
      <Gone path={removed.path} text={removed.before} />
    </Dialog>
  )
}

type InProps = { orgId: OrgId; workspace: Workspace; path: string; onClose: () => void }

function In({ orgId, workspace: { id: workspaceId, name }, path, onClose }: InProps) {
  const standing = useStanding({ orgId, workspaceId, path })
  const remove = useDeleteFile({ orgId, workspaceId })
  const isThere = standing.data !== undefined && standing.data.version > 0
  const commit = () => {
    remove(path)
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${path} in ${name}`}
      description={standing.data && wordsFor(standing.data.version)}
      width="full"
      footer={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button tone="danger" disabled={!isThere} onClick={commit}>
            Delete {path}
          </Button>
        </>
      }
    >
      {standing.error && (
        <ErrorPanel
          title={readProblem(standing.error).message}
          action={<Button onClick={() => void standing.refetch()}>Look at it again</Button>}
        >
          {readProblem(standing.error).fix}
        </ErrorPanel>
      )}
      {!standing.error && !standing.data && <SkeletonLines count={5} label="Loading the file" />}
      {isThere && <Gone path={path} text={standing.data.text} />}
    </Dialog>
  )
}

function Gone({ path, text }: { path: string; text: string }) {
  return (
    <div className="relative mb-3 flex h-[50vh] overflow-hidden rounded-6 border border-line">
      <DiffEditor original={text} modified="" language={codeLanguageOf(path)} label={path} />
    </div>
  )
}

function wordsFor(version: number): string {
  if (version === 0) return 'The workspace has no such file any more.'
  return `The run deleted its copy. The workspace still has version ${version}; its history is kept when it is deleted.`
}
