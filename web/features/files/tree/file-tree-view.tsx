import { ChevronRight, FileText, Folder, FolderOpen } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react'
import { isDelete } from '../../../kernel/keys.ts'
import { classes } from '../../../ui/classes.ts'
import { ContextMenu, type MenuEntry } from '../../../ui/menu.tsx'
import { foldersAbove, moveInTree, type TreeRow, treeRows } from './file-tree.ts'

export type FileTreeViewProps = {
  label: string
  paths: readonly string[]
  open: string | null
  onOpen: (path: string) => void
  /** Cmd/Ctrl+Enter on a file. */
  onRun: (path: string) => void
  entriesFor: (row: TreeRow) => readonly MenuEntry[]
  onRename: ((path: string) => void) | undefined
  onDelete: ((path: string) => void) | undefined
  /** Files dropped on the tree, with the folder they were dropped on. */
  onDrop: ((items: DataTransfer, folder: string) => void) | undefined
}

/** The files of a workspace by folder; what is in a closed folder is not drawn. */
export function FileTreeView(props: FileTreeViewProps) {
  const { label, paths, open, onOpen, onRun, entriesFor, onRename, onDelete, onDrop } = props
  const [folders, setFolders] = useState<ReadonlySet<string>>(() => new Set(foldersAbove(open ?? '')))
  const [focused, setFocused] = useState<string | null>(open)
  const [shown, setShown] = useState(open)
  // What is opened is to be seen in the tree; a folder the person closes after that stays closed.
  if (shown !== open) {
    setShown(open)
    setFocused(open)
    setFolders((before) => new Set([...before, ...foldersAbove(open ?? '')]))
  }
  const [target, setTarget] = useState<string>()
  const list = useRef<HTMLDivElement>(null)
  const rows = treeRows(paths, folders)
  const at = rows.some(({ path }) => path === focused) ? focused : (rows[0]?.path ?? null)
  const toggle = (path: string) =>
    setFolders((before) => {
      const after = new Set(before)
      if (!after.delete(path)) after.add(path)
      return after
    })
  const act = (row: TreeRow) => {
    setFocused(row.path)
    if (row.kind === 'folder') toggle(row.path)
    else onOpen(row.path)
  }
  const focusOn = (path: string) => {
    setFocused(path)
    list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)?.focus()
  }
  const press = (event: KeyboardEvent, row: TreeRow) => {
    const move = moveInTree(rows, row.path, event.key)
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      if (row.kind === 'file') onRun(row.path)
    } else if (move?.focus !== undefined) focusOn(move.focus)
    else if (move?.open !== undefined) toggle(move.open)
    else if (move?.close !== undefined) toggle(move.close)
    else if (event.key === 'Enter' || event.key === ' ') act(row)
    else if (event.key === 'F2' && row.kind === 'file' && onRename) onRename(row.path)
    else if (isDelete(event.key) && row.kind === 'file' && onDelete) onDelete(row.path)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const folderOf = (row: TreeRow | undefined) =>
    row?.kind === 'folder' ? row.path : (foldersAbove(row?.path ?? '').at(-1) ?? '')
  const over = (event: DragEvent, row: TreeRow | undefined) => {
    if (!onDrop || !event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    event.stopPropagation()
    event.dataTransfer.dropEffect = 'copy'
    setTarget(folderOf(row))
  }
  const drop = (event: DragEvent, row: TreeRow | undefined) => {
    event.preventDefault()
    event.stopPropagation()
    setTarget(undefined)
    onDrop?.(event.dataTransfer, folderOf(row))
  }
  return (
    <div
      ref={list}
      role="tree"
      aria-label={label}
      data-own-keys="F2 Delete Backspace Enter Space Mod+Enter"
      onDragOver={(event) => over(event, undefined)}
      onDragLeave={() => setTarget(undefined)}
      onDrop={(event) => drop(event, undefined)}
      className={classes('min-h-0 flex-1 overflow-y-auto p-2', target === '' && 'bg-accent-soft')}
    >
      {rows.map((row) => (
        <ContextMenu key={row.path} label={row.path} entries={[...entriesFor(row)]}>
          <div
            role="treeitem"
            data-path={row.path}
            aria-level={row.depth + 1}
            aria-expanded={row.kind === 'folder' ? row.isOpen : undefined}
            aria-selected={row.path === open}
            aria-label={row.kind === 'folder' ? `${row.name}, folder with ${row.count}` : row.name}
            tabIndex={row.path === at ? 0 : -1}
            title={row.path}
            onClick={() => act(row)}
            onKeyDown={(event) => press(event, row)}
            onFocus={() => setFocused(row.path)}
            onDragOver={(event) => over(event, row)}
            onDrop={(event) => drop(event, row)}
            style={{ paddingInlineStart: `${row.depth * 12 + 4}px` }}
            className={classes(
              'flex h-7 cursor-default items-center gap-1.5 rounded-4 pr-2 text-13 select-none focus-visible:outline-offset-[-2px]',
              row.path === open ? 'bg-accent-soft font-medium' : 'text-fg-2 hover:bg-hover hover:text-fg',
              target !== undefined && target !== '' && target === folderOf(row) && 'bg-accent-soft',
            )}
          >
            <RowIcon row={row} />
            <span className="truncate">{row.name}</span>
          </div>
        </ContextMenu>
      ))}
    </div>
  )
}

function RowIcon({ row }: { row: TreeRow }) {
  const look = { size: 14, strokeWidth: 1.75, 'aria-hidden': true, className: 'shrink-0' }
  if (row.kind === 'file') {
    return (
      <>
        <span className="w-3.5 shrink-0" />
        <FileText {...look} />
      </>
    )
  }
  return (
    <>
      <ChevronRight {...look} className={classes('shrink-0 transition-transform', row.isOpen && 'rotate-90')} />
      {row.isOpen ? <FolderOpen {...look} /> : <Folder {...look} />}
    </>
  )
}
