import { type ReactNode, Suspense } from 'react'
import { configPath, promptPath } from '#shared/files/paths.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { type FileEditorProps, LoadingText } from './file-editor.tsx'
import type { FileRunner } from './file-runner.ts'
import { TextEditor } from './text-editor.tsx'

const FilesView = lazyPart(() => import('./files-view.tsx').then((part) => ({ default: part.FilesView })))
const HistoryView = lazyPart(() => import('./history-view.tsx').then((part) => ({ default: part.HistoryView })))

export type EditorTab = 'prompt' | 'config' | 'files' | 'history'

export type EditorPaneProps = {
  orgId: OrgId
  workspace: Workspace
  tab: EditorTab
  /** Where the saved state is said. */
  statusPlace: HTMLElement | null
  /** What others offer to do with the prompt. */
  promptActs?: FileEditorProps['acts']
  /** What others have to say about the config. */
  configNotice?: ReactNode
  runner?: FileRunner
  /** A name in a text was followed. */
  onGoTo: (workspace: WorkspaceId) => void
}

/** The texts of one workspace. */
export function EditorPane(props: EditorPaneProps) {
  return (
    <section aria-label="Editor" data-scope="editor" className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <Suspense fallback={<LoadingText />}>
        <OpenTab key={`${props.workspace.id}/${props.tab}`} {...props} />
      </Suspense>
    </section>
  )
}

function OpenTab(props: EditorPaneProps) {
  const { orgId, workspace, tab, statusPlace, promptActs, configNotice, runner, onGoTo } = props
  const open = { orgId, workspace, statusPlace, onGoTo }
  switch (tab) {
    case 'prompt':
      return <TextEditor {...open} path={promptPath} promptActs={promptActs} runner={runner} />
    case 'config':
      return <TextEditor {...open} path={configPath} configNotice={configNotice} />
    case 'files':
      return <FilesView {...open} promptActs={promptActs} runner={runner} />
    case 'history':
      return <HistoryView orgId={orgId} workspaceId={workspace.id} />
    default:
      return tab satisfies never
  }
}
