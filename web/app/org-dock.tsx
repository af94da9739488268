import { MousePointerClick } from 'lucide-react'
import { Suspense, useEffect, useState } from 'react'
import { configPath, promptPath } from '#shared/files/paths.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { beginWords } from '../features/chat/index.ts'
import { askDelegation, RestartNotice, TryPromptButton } from '../features/delegations/index.ts'
import { useIsUnsaved } from '../features/files/index.ts'
import { useWorkspaces } from '../features/workspaces/index.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { SkeletonLines } from '../ui/skeleton.tsx'
import type { Tab } from '../ui/tabs.tsx'
import { Dock } from './dock.tsx'
import { fetchAhead, loadEditorPane } from './fetch-ahead.ts'
import type { DockTab } from './search-params.ts'
import { useFileRunner } from './use-file-runner.ts'

const EditorPane = lazyPart(loadEditorPane)
const RunPane = lazyPart(() => import('../features/sandbox/index.ts').then((part) => ({ default: part.RunPane })))

export type OrgDockProps = {
  orgId: OrgId
  workspace: Workspace | undefined
  tab: DockTab
  onTab: (tab: DockTab) => void
  /** A name in a text was followed to the workspace it means. */
  onSelect: (workspace: WorkspaceId) => void
  /** Shows the conversation with a workspace. */
  onChat: (workspace: WorkspaceId) => void
}

/** The texts of the selected workspace, and the place to run a snippet. */
export function OrgDock({ orgId, workspace, tab, onTab, onSelect, onChat }: OrgDockProps) {
  const [statusPlace, setStatusPlace] = useState<HTMLElement | null>(null)
  const runner = useFileRunner(orgId, workspace?.id)
  const hasWorkspaces = useWorkspaces(orgId).length > 0
  const isPromptUnsaved = useIsUnsaved(workspace?.id ?? null, promptPath)
  const isConfigUnsaved = useIsUnsaved(workspace?.id ?? null, configPath)
  const unsaved = { label: 'Unsaved changes' }
  useEffect(fetchAhead, [])
  const tabs: Tab<DockTab>[] = [
    { id: 'prompt', label: 'Prompt', mark: isPromptUnsaved ? unsaved : undefined },
    { id: 'config', label: 'Config', mark: isConfigUnsaved ? unsaved : undefined },
    { id: 'files', label: 'Files' },
    { id: 'history', label: 'History' },
    { id: 'run', label: 'Run', startsGroup: true },
  ]
  return (
    <Dock
      tabs={tabs}
      active={tab}
      onSelect={onTab}
      aside={<span ref={setStatusPlace} className="flex min-w-0 items-center gap-3" />}
    >
      <Suspense fallback={<Loading />}>
        {tab === 'run' ? (
          <RunPane
            orgId={orgId}
            workspace={workspace}
            onWork={(task) => askDelegation(workspace?.id ?? null, task)}
            onChat={({ id }, words) => {
              beginWords(id, words)
              onChat(id)
            }}
          />
        ) : workspace ? (
          <EditorPane
            orgId={orgId}
            workspace={workspace}
            tab={tab}
            statusPlace={statusPlace}
            runner={runner}
            onGoTo={onSelect}
            configNotice={<RestartNotice orgId={orgId} workspaceId={workspace.id} />}
            promptActs={(prompt) => <TryPromptButton orgId={orgId} workspace={workspace} prompt={prompt} />}
          />
        ) : (
          <section aria-label="Editor" className="flex min-h-0 flex-1 flex-col">
            {hasWorkspaces ? (
              <EmptyState icon={MousePointerClick} title="Select a workspace to edit it">
                Its prompt, config and files open here. Click a card on the graph, or find one by name.
              </EmptyState>
            ) : (
              <EmptyState icon={MousePointerClick} title="Nothing to edit yet">
                The prompt, config and files of a workspace open here once there is one. Code runs without: choose Run.
              </EmptyState>
            )}
          </section>
        )}
      </Suspense>
    </Dock>
  )
}

function Loading() {
  return (
    <div className="p-4 pl-14">
      <SkeletonLines count={6} label="Loading the pane" />
    </div>
  )
}
