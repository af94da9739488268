import { Columns2, X } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { isDelete, isMacPlatform, keyCaps } from '../../../kernel/keys.ts'
import { classes } from '../../../ui/classes.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useIsUnsaved } from '../unsaved.ts'
import type { Group, TabsAction } from './open-tabs.ts'

export type TabStripProps = {
  workspaceId: WorkspaceId
  group: Group
  index: number
  /** For those who listen, where there are two. */
  label: string
  panelId: string
  canSplit: boolean
  dispatch: (action: TabsAction) => void
}

/** The open files of one side: arrows go from tab to tab, Delete and the middle button close, Alt+arrows reorder. */
export function TabStrip({ workspaceId, group, index, label, panelId, canSplit, dispatch }: TabStripProps) {
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the active tab must stay in sight when it changes.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [group.active])
  const press = (event: KeyboardEvent, path: string) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const at = group.tabs.indexOf(path)
    if (event.altKey && step !== 0) dispatch({ type: 'moved', group: index, path, by: step })
    else if (step !== 0) show(group.tabs[(at + step + group.tabs.length) % group.tabs.length])
    else if (isDelete(event.key)) dispatch({ type: 'closed', group: index, path })
    else return
    event.preventDefault()
    event.stopPropagation()
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus())
  }
  const show = (path: string | undefined) => {
    if (path === undefined) return
    dispatch({ type: 'focused', group: index })
    dispatch({ type: 'opened', path })
  }
  return (
    <div className="flex h-8 shrink-0 items-stretch border-b border-line bg-surface-2">
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        data-own-keys="Delete Backspace"
        className="flex min-w-0 flex-1 overflow-x-auto [scrollbar-width:none]"
      >
        {group.tabs.map((path) => (
          <OneTab
            key={path}
            workspaceId={workspaceId}
            path={path}
            isActive={path === group.active}
            panelId={panelId}
            onShow={() => show(path)}
            onClose={() => dispatch({ type: 'closed', group: index, path })}
            onKeyDown={(event) => press(event, path)}
          />
        ))}
      </div>
      {canSplit && group.active !== null && (
        <span className="flex items-center px-1">
          <IconButton
            icon={Columns2}
            label={`Open ${group.active} beside`}
            keys={keyCaps('Alt+\\', isMacPlatform())}
            size="small"
            onClick={() => group.active !== null && dispatch({ type: 'split', path: group.active })}
          />
        </span>
      )}
    </div>
  )
}

type OneTabProps = {
  workspaceId: WorkspaceId
  path: string
  isActive: boolean
  panelId: string
  onShow: () => void
  onClose: () => void
  onKeyDown: (event: KeyboardEvent) => void
}

function OneTab({ workspaceId, path, isActive, panelId, onShow, onClose, onKeyDown }: OneTabProps) {
  const isUnsaved = useIsUnsaved(workspaceId, path)
  const name = path.slice(path.lastIndexOf('/') + 1)
  const middle = (event: MouseEvent) => {
    if (event.button !== 1) return
    event.preventDefault()
    onClose()
  }
  return (
    <div
      className={classes(
        'group relative flex shrink-0 items-center border-r border-line',
        isActive ? 'bg-surface after:absolute after:inset-x-0 after:top-0 after:h-0.5 after:bg-accent' : '',
      )}
    >
      <button
        type="button"
        role="tab"
        aria-selected={isActive}
        aria-controls={panelId}
        aria-label={isUnsaved ? `${path}, unsaved changes` : path}
        tabIndex={isActive ? 0 : -1}
        title={path}
        onClick={onShow}
        onAuxClick={middle}
        onKeyDown={onKeyDown}
        className={classes(
          'flex h-full max-w-52 items-center gap-1.5 pr-7 pl-3 text-12 focus-visible:outline-offset-[-3px]',
          isActive ? 'font-medium' : 'text-fg-2 hover:text-fg',
        )}
      >
        <span className="truncate">{name}</span>
      </button>
      <button
        type="button"
        // For the pointer: a list of tabs holds tabs alone. The keyboard closes with Delete, or by the command.
        tabIndex={-1}
        aria-hidden
        title={`Close ${path}`}
        onClick={onClose}
        className="absolute right-1 flex size-5 items-center justify-center rounded-4 text-fg-2 hover:bg-hover hover:text-fg"
      >
        {isUnsaved && <span aria-hidden className="size-1.5 rounded-full bg-current group-hover:hidden" />}
        <X size={14} strokeWidth={1.75} aria-hidden className={isUnsaved ? 'hidden group-hover:block' : ''} />
      </button>
    </div>
  )
}
