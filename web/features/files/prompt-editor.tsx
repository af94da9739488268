import { useMemo, useState } from 'react'
import { promptPath } from '#shared/files/paths.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import type { LineAct } from '../../ui/code-help.ts'
import { PromptCost } from './cost/prompt-cost.tsx'
import { FileEditor, type FileEditorProps } from './file-editor.tsx'
import { promptHelp } from './help/prompt-help.ts'
import { MakeSecretDialog } from './make-secret-dialog.tsx'
import { useSurroundings } from './use-surroundings.ts'

export type PromptEditorProps = Pick<FileEditorProps, 'statusPlace' | 'acts' | 'isActive' | 'tidy' | 'onReady'> & {
  orgId: FileEditorProps['file']['orgId']
  workspace: Workspace
  /** What is offered where code begins. */
  lineAct: LineAct | undefined
  onGoTo: (workspace: WorkspaceId) => void
}

/** The prompt of a workspace, with what is known about the names in it, its length and its price. */
export function PromptEditor({ orgId, workspace, lineAct, onGoTo, ...rest }: PromptEditorProps) {
  const [found, setFound] = useState<{ name: string; value: string }>()
  const file = { orgId, workspaceId: workspace.id, path: promptPath }
  const around = useSurroundings({ orgId, workspaceId: workspace.id, goTo: onGoTo, makeSecret: setFound })
  const help = useMemo(() => ({ ...promptHelp(around), lineAct }), [around, lineAct])
  return (
    <FileEditor
      {...rest}
      file={file}
      label={`Prompt of ${workspace.name}`}
      help={help}
      beside={({ text, set }) => (
        <>
          <div className="flex h-6 shrink-0 items-center gap-3 border-t border-line px-3 text-12 text-fg-2">
            <PromptCost orgId={orgId} text={text} model={workspace.model} />
            <span className="ml-auto hidden truncate text-fg-3 wide:inline">
              {'{{'} for variables, @ for peers, ` for tools
            </span>
          </div>
          {found && (
            <MakeSecretDialog
              orgId={orgId}
              workspaceId={workspace.id}
              found={found}
              onClose={() => setFound(undefined)}
              onKept={(name) => {
                set(text.replaceAll(found.value, name))
                setFound(undefined)
              }}
            />
          )}
        </>
      )}
    />
  )
}
