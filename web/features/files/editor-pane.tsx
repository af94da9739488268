import { configPath, promptPath } from '#shared/files/paths.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { FileEditor, type FileEditorProps } from './file-editor.tsx'
import { FilesView } from './files-view.tsx'
import { HistoryView } from './history-view.tsx'

export type EditorTab = 'prompt' | 'config' | 'files' | 'history'

export type EditorPaneProps = {
  orgId: OrgId
  workspace: Workspace
  tab: EditorTab
  /** Where the saved state is said. */
  statusPlace: HTMLElement | null
  /** What others offer to do with the prompt. */
  promptActs?: FileEditorProps['acts']
}

/** The texts of one workspace. */
export function EditorPane({ orgId, workspace, tab, statusPlace, promptActs }: EditorPaneProps) {
  return (
    <section aria-label="Editor" className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <OpenTab
        key={`${workspace.id}/${tab}`}
        orgId={orgId}
        workspace={workspace}
        tab={tab}
        statusPlace={statusPlace}
        promptActs={promptActs}
      />
    </section>
  )
}

function OpenTab({ orgId, workspace, tab, statusPlace, promptActs }: EditorPaneProps) {
  const file = { orgId, workspaceId: workspace.id }
  switch (tab) {
    case 'prompt':
      return (
        <FileEditor
          file={{ ...file, path: promptPath }}
          label={`Prompt of ${workspace.name}`}
          statusPlace={statusPlace}
          acts={promptActs}
        />
      )
    case 'config':
      return (
        <FileEditor
          file={{ ...file, path: configPath }}
          label={`Config of ${workspace.name}`}
          statusPlace={statusPlace}
        />
      )
    case 'files':
      return <FilesView {...file} name={workspace.name} statusPlace={statusPlace} />
    case 'history':
      return <HistoryView {...file} />
    default:
      return tab satisfies never
  }
}
