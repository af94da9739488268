import { FileText } from 'lucide-react'
import { useId, useMemo } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useCommands } from '../../../kernel/commands.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { SplitPanes } from '../../../ui/panes.tsx'
import type { FileEditorProps } from '../file-editor.tsx'
import type { FileRunner } from '../file-runner.ts'
import { TextEditor } from '../text-editor.tsx'
import type { Group, OpenTabs, TabsAction } from './open-tabs.ts'
import { TabStrip } from './tab-strip.tsx'
import { useKeptFocus } from './use-kept-focus.ts'
import { useSplitSize } from './use-split-size.ts'

export type EditorGroupsProps = {
  orgId: OrgId
  workspace: Workspace
  tabs: OpenTabs
  dispatch: (action: TabsAction) => void
  statusPlace: HTMLElement | null
  promptActs?: FileEditorProps['acts']
  runner: FileRunner | undefined
  onGoTo: (workspace: WorkspaceId) => void
}

/** The open files: one group of tabs, or two side by side. */
export function EditorGroups(props: EditorGroupsProps) {
  const { tabs, dispatch, runner } = props
  const { groups, focus } = tabs
  const [size, setSize] = useSplitSize()
  const active = groups[focus]?.active ?? null
  const commands = useMemo(
    () => [
      {
        ...{ id: 'editor.run', title: 'Run this file', group: 'Editor', keys: 'Mod+Enter' as const },
        allowWhileTyping: true,
        when: () => active !== null && runner?.can(active) === true,
        run: () => active !== null && runner?.run(active),
      },
      {
        ...{ id: 'editor.close-tab', title: 'Close this file', group: 'Editor', keys: 'Alt+W' },
        allowWhileTyping: true,
        when: () => active !== null,
        run: () => active !== null && dispatch({ type: 'closed', group: focus, path: active }),
      },
      {
        ...{ id: 'editor.split', title: 'Open this file beside', group: 'Editor', keys: 'Alt+\\' as const },
        allowWhileTyping: true,
        when: () => active !== null,
        run: () => active !== null && dispatch({ type: 'split', path: active }),
      },
      {
        ...{ id: 'editor.other-side', title: 'Go to the other side', group: 'Editor', keys: 'Alt+|' as const },
        allowWhileTyping: true,
        when: () => groups.length > 1,
        run: () => dispatch({ type: 'focused', group: focus === 0 ? 1 : 0 }),
      },
      {
        ...{ id: 'editor.close-others', title: 'Close the other files', group: 'Editor' },
        when: () => (groups[focus]?.tabs.length ?? 0) > 1,
        run: () => active !== null && dispatch({ type: 'closed-others', group: focus, path: active }),
      },
    ],
    [active, focus, groups, runner, dispatch],
  )
  useCommands(commands)
  const side = (group: Group, index: number) => <OneGroup key={index} {...props} group={group} index={index} />
  const [first, second] = groups
  if (!first) return null
  if (!second) return side(first, 0)
  return (
    <SplitPanes
      direction="row"
      label="Resize the two sides"
      size={size}
      min={20}
      max={80}
      initial={50}
      unit="%"
      onResize={setSize}
      first={side(first, 0)}
      second={side(second, 1)}
    />
  )
}

type OneGroupProps = EditorGroupsProps & { group: Group; index: number }

function OneGroup(props: OneGroupProps) {
  const { orgId, workspace, tabs, dispatch, group, index, statusPlace, promptActs, runner, onGoTo } = props
  const panelId = useId()
  const { hold, onReady } = useKeptFocus()
  const isTwo = tabs.groups.length > 1
  const isActive = tabs.focus === index
  const side = index === 0 ? 'left' : 'right'
  if (group.active === null) {
    return (
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <EmptyState icon={FileText} title="No file is open">
          Choose one on the left; it opens here and stays open.
        </EmptyState>
      </div>
    )
  }
  return (
    <div
      className="flex min-h-0 min-w-0 flex-1 flex-col"
      onFocusCapture={() => dispatch({ type: 'focused', group: index })}
    >
      <TabStrip
        workspaceId={workspace.id}
        group={group}
        index={index}
        label={isTwo ? `Open files, ${side}` : 'Open files'}
        panelId={panelId}
        canSplit={!isTwo}
        dispatch={dispatch}
      />
      <div
        key={group.active}
        ref={hold}
        id={panelId}
        role="tabpanel"
        aria-label={group.active}
        tabIndex={-1}
        className="flex min-h-0 min-w-0 flex-1 flex-col outline-none"
      >
        <TextEditor
          orgId={orgId}
          workspace={workspace}
          path={group.active}
          statusPlace={statusPlace}
          promptActs={promptActs}
          runner={runner}
          onGoTo={onGoTo}
          isActive={isActive}
          onReady={onReady}
        />
      </div>
    </div>
  )
}
