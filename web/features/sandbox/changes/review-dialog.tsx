import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '#web/kernel/app-error.ts'
import { Button } from '#web/ui/button.tsx'
import { DiffEditor } from '#web/ui/code-editor.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { ErrorPanel } from '#web/ui/error-panel.tsx'
import { SkeletonLines } from '#web/ui/skeleton.tsx'
import { codeLanguageOf } from './code-language-of.ts'
import { type Standing, useSaveResult, useStanding } from './use-save-result.ts'
import type { Written } from './written.ts'

export type ReviewDialogProps = {
  orgId: OrgId
  /** Where it can be saved; undefined where it cannot. */
  workspace: Workspace | undefined
  change: Written
  onClose: () => void
}

/** A file a run or the terminal wrote beside the workspace's own, before it becomes that file's next version. */
export function ReviewDialog({ orgId, workspace, change, onClose }: ReviewDialogProps) {
  const { path, text, bytes, before } = change
  if (text === null) {
    return (
      <Dialog isOpen onClose={onClose} title={path}>
        <p className="pb-4 text-13">
          It has {bytes.toLocaleString('en')} bytes that are not text. A workspace keeps texts, so it cannot be saved
          there.
        </p>
      </Dialog>
    )
  }
  if (workspace) {
    return <Against orgId={orgId} workspace={workspace} path={path} text={text} onClose={onClose} />
  }
  return (
    <Dialog isOpen onClose={onClose} title={path} width="full">
      <Texts path={path} before={before ?? ''} after={text} />
    </Dialog>
  )
}

type AgainstProps = { orgId: OrgId; workspace: Workspace; path: string; text: string; onClose: () => void }

function Against({ orgId, workspace, path, text, onClose }: AgainstProps) {
  const { id, name }: { id: WorkspaceId; name: string } = workspace
  const standing = useStanding({ orgId, workspaceId: id, path })
  const save = useSaveResult({ orgId, workspaceId: id, path }, name, onClose)
  const problem = save.error ?? standing.error
  const isSame = standing.data?.version !== 0 && standing.data?.text === text
  const commit = () => standing.data && save.mutate({ text, baseVersion: standing.data.version })
  const again = () => {
    save.reset()
    void standing.refetch()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${path} in ${name}`}
      description={standing.data && wordsFor(standing.data, isSame)}
      width="full"
      footer={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button
            tone="primary"
            data-autofocus
            isBusy={save.isPending}
            disabled={!standing.data || isSame}
            onClick={commit}
          >
            {saveWords(standing.data, path)}
          </Button>
        </>
      }
    >
      {problem && (
        <ErrorPanel title={readProblem(problem).message} action={<Button onClick={again}>Look at it again</Button>}>
          {readProblem(problem).fix}
        </ErrorPanel>
      )}
      {!problem && !standing.data && <SkeletonLines count={5} label="Loading the file" />}
      {standing.data && <Texts path={path} before={standing.data.text} after={text} />}
    </Dialog>
  )
}

function Texts({ path, before, after }: { path: string; before: string; after: string }) {
  return (
    <div className="relative mb-3 flex h-[50vh] overflow-hidden rounded-6 border border-line">
      <DiffEditor original={before} modified={after} language={codeLanguageOf(path)} label={path} />
    </div>
  )
}

function wordsFor({ version }: Standing, isSame: boolean): string {
  if (isSame) return 'The workspace has it like this already.'
  return version === 0
    ? 'The workspace has no such file yet.'
    : `On the left version ${version} as the workspace has it, on the right as it is here.`
}

function saveWords(standing: Standing | undefined, path: string): string {
  return standing && standing.version > 0 ? `Save as version ${standing.version + 1}` : `Save ${path}`
}
