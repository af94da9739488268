import { useQuery } from '@tanstack/react-query'
import { FilePlus2, FileText, FolderTree, Pencil, Play, Trash2, Upload } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { configPath, promptPath } from '#shared/files/paths.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { isMacPlatform, keyCaps } from '../../kernel/keys.ts'
import { useMay } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import type { MenuEntry } from '../../ui/menu.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { notify } from '../../ui/toast.ts'
import type { FileEditorProps } from './file-editor.tsx'
import type { FileRunner } from './file-runner.ts'
import { NewFileDialog } from './new-file-dialog.tsx'
import { EditorGroups } from './tabs/editor-groups.tsx'
import { useOpenTabs } from './tabs/use-open-tabs.ts'
import { useTabsFollow } from './tabs/use-tabs-follow.ts'
import type { TreeRow } from './tree/file-tree.ts'
import { FileTreeView } from './tree/file-tree-view.tsx'
import { type Dropped, gatherDrop } from './tree/gather-drop.ts'
import { RenameDialog } from './tree/rename-dialog.tsx'
import { useUpload } from './tree/use-upload.ts'
import { isUnsaved } from './unsaved.ts'
import { useDeleteFile } from './use-delete-file.ts'

export type FilesViewProps = {
  orgId: OrgId
  workspace: Workspace
  statusPlace: HTMLElement | null
  promptActs?: FileEditorProps['acts']
  runner: FileRunner | undefined
  onGoTo: (workspace: WorkspaceId) => void
}

const fixed: readonly string[] = [promptPath, configPath]
type Asking = { kind: 'new'; folder: string } | { kind: 'rename'; path: string }

/** All files of a workspace beside those that are open, one or two at a time. */
export function FilesView({ orgId, workspace, statusPlace, promptActs, runner, onGoTo }: FilesViewProps) {
  const of = useMemo(() => ({ orgId, workspaceId: workspace.id }), [orgId, workspace.id])
  const files = useQuery(trpc.files.list.queryOptions(of))
  const [tabs, dispatch] = useOpenTabs(workspace.id, promptPath)
  const [asking, setAsking] = useState<Asking>()
  const mayEdit = useMay(orgId, 'files.edit')
  const mayDelete = useMay(orgId, 'files.delete')
  const remove = useDeleteFile(of)
  const upload = useUpload(of)
  const picker = useRef<HTMLInputElement>(null)
  const paths = useMemo(() => files.data?.map(({ path }) => path), [files.data])

  useTabsFollow({ workspaceId: workspace.id, paths, tabs, dispatch })

  if (files.error && !files.data) {
    const { message, fix } = readProblem(files.error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void files.refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  const open = tabs.groups[tabs.focus]?.active ?? null
  const show = (path: string) => dispatch({ type: 'opened', path })
  const add = async (given: readonly Dropped[], folder: string) => {
    const [first] = await upload(given, folder)
    if (first !== undefined) show(first)
  }
  const rename = (path: string) => {
    const { refused } = whyFixed(workspace.id, path)
    if (refused === undefined) setAsking({ kind: 'rename', path })
    else notify({ id: 'rename', title: `${path} cannot be renamed`, detail: refused })
  }
  const drop = (path: string) => {
    if (!fixed.includes(path)) remove(path)
  }
  const entriesFor = (row: TreeRow): MenuEntry[] => {
    if (row.kind === 'folder') {
      return mayEdit
        ? [
            {
              id: 'new',
              label: 'New file here',
              icon: FilePlus2,
              run: () => setAsking({ kind: 'new', folder: row.path }),
            },
          ]
        : []
    }
    const { path } = row
    const refused = whyFixed(workspace.id, path)
    return [
      { id: 'open', label: 'Open', icon: FileText, run: () => show(path) },
      ...(runner?.can(path)
        ? [
            {
              id: 'run',
              label: 'Run',
              icon: Play,
              keys: keyCaps('Mod+Enter', isMacPlatform()),
              run: () => runner.run(path),
            },
          ]
        : []),
      { id: 'beside', label: 'Open beside', icon: FolderTree, run: () => dispatch({ type: 'split', path }) },
      ...(mayEdit
        ? [{ id: 'rename', label: 'Rename', icon: Pencil, keys: ['F2'], run: () => rename(path), ...refused }]
        : []),
      ...(mayDelete
        ? [
            {
              ...{ id: 'delete', label: 'Delete', icon: Trash2, keys: ['Del'], tone: 'danger' as const },
              ...{ run: () => drop(path), ...(fixed.includes(path) && refused) },
            },
          ]
        : []),
    ]
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col wide:flex-row">
      <div className="flex max-h-40 shrink-0 flex-col border-line max-wide:border-b wide:max-h-none wide:w-56 wide:border-r">
        {paths ? (
          <FileTreeView
            label={`Files of ${workspace.name}`}
            paths={paths}
            open={open}
            onOpen={show}
            onRun={(path) => runner?.can(path) === true && runner.run(path)}
            entriesFor={entriesFor}
            onRename={mayEdit ? rename : undefined}
            onDelete={mayDelete ? drop : undefined}
            onDrop={mayEdit ? (items, folder) => void gatherDrop(items).then((given) => add(given, folder)) : undefined}
          />
        ) : (
          <div className="flex-1 p-4">
            <SkeletonLines count={3} label="Loading the files" />
          </div>
        )}
        {mayEdit && (
          <div className="flex items-center border-t border-line p-2">
            <Button size="small" tone="ghost" icon={FilePlus2} onClick={() => setAsking({ kind: 'new', folder: '' })}>
              New file
            </Button>
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              aria-label="Files to add"
              onChange={({ currentTarget }) => {
                void add(
                  [...(currentTarget.files ?? [])].map((file) => ({ path: file.name, file })),
                  '',
                )
                currentTarget.value = ''
              }}
            />
            <span className="ml-auto flex">
              <IconButton
                icon={Upload}
                label="Add files from this computer"
                size="small"
                onClick={() => picker.current?.click()}
              />
            </span>
          </div>
        )}
      </div>
      <EditorGroups
        orgId={orgId}
        workspace={workspace}
        tabs={tabs}
        dispatch={dispatch}
        statusPlace={statusPlace}
        promptActs={promptActs}
        runner={runner}
        onGoTo={onGoTo}
      />
      {asking?.kind === 'new' && (
        <NewFileDialog
          {...of}
          folder={asking.folder}
          onClose={() => setAsking(undefined)}
          onMade={(path) => {
            show(path)
            setAsking(undefined)
          }}
        />
      )}
      {asking?.kind === 'rename' && (
        <RenameDialog workspace={of} path={asking.path} onClose={() => setAsking(undefined)} />
      )}
    </div>
  )
}

function whyFixed(workspaceId: WorkspaceId, path: string): { refused?: string } {
  if (fixed.includes(path)) return { refused: 'Every workspace has it.' }
  return isUnsaved(workspaceId, path) ? { refused: 'Save it first.' } : {}
}
