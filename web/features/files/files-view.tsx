import { useQuery } from '@tanstack/react-query'
import { FilePlus2, FileText, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { configPath, promptPath } from '#shared/files/paths.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { FileEditor } from './file-editor.tsx'
import { NewFileDialog } from './new-file-dialog.tsx'
import { useDeleteFile } from './use-delete-file.ts'

export type FilesViewProps = { orgId: OrgId; workspaceId: WorkspaceId; name: string; statusPlace: HTMLElement | null }

/** All files of a workspace beside the one that is open. */
export function FilesView({ orgId, workspaceId, name, statusPlace }: FilesViewProps) {
  const files = useQuery(trpc.files.list.queryOptions({ orgId, workspaceId }))
  const [chosen, setChosen] = useState(promptPath)
  const [isNaming, setNaming] = useState(false)
  const mayEdit = useMay(orgId, 'files.edit')
  const mayDelete = useMay(orgId, 'files.delete')
  const remove = useDeleteFile({ orgId, workspaceId })
  if (files.error && !files.data) {
    const { message, fix } = readProblem(files.error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void files.refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  const open = files.data?.some((file) => file.path === chosen) ? chosen : files.data?.[0]?.path
  return (
    <div className="flex min-h-0 flex-1 flex-col wide:flex-row">
      <div className="flex max-h-40 shrink-0 flex-col border-line max-wide:border-b wide:max-h-none wide:w-56 wide:border-r">
        <ul aria-label={`Files of ${name}`} className="min-h-0 flex-1 overflow-y-auto p-2">
          {!files.data && (
            <li className="p-2">
              <SkeletonLines count={3} label="Loading the files" />
            </li>
          )}
          {files.data?.map((file) => (
            <li key={file.id} className="group flex items-center">
              <button
                type="button"
                aria-current={file.path === open ? 'true' : undefined}
                title={file.path}
                onClick={() => setChosen(file.path)}
                className={classes(
                  'flex h-7 min-w-0 flex-1 items-center gap-2 rounded-4 px-2 text-left text-13',
                  file.path === open ? 'bg-accent-soft font-medium' : 'text-fg-2 hover:bg-hover hover:text-fg',
                )}
              >
                <FileText size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
                <span className="truncate">{file.path}</span>
              </button>
              {mayDelete && file.path !== promptPath && file.path !== configPath && (
                <IconButton
                  icon={Trash2}
                  label={`Delete ${file.path}`}
                  size="small"
                  onClick={() => remove(file.path)}
                  className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100"
                />
              )}
            </li>
          ))}
        </ul>
        {mayEdit && (
          <div className="border-t border-line p-2">
            <Button size="small" tone="ghost" icon={FilePlus2} onClick={() => setNaming(true)}>
              New file
            </Button>
          </div>
        )}
      </div>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {open !== undefined && (
          <FileEditor
            key={open}
            file={{ orgId, workspaceId, path: open }}
            label={`${open} of ${name}`}
            statusPlace={statusPlace}
          />
        )}
      </div>
      {isNaming && (
        <NewFileDialog
          orgId={orgId}
          workspaceId={workspaceId}
          onClose={() => setNaming(false)}
          onMade={(path) => {
            setChosen(path)
            setNaming(false)
          }}
        />
      )}
    </div>
  )
}
