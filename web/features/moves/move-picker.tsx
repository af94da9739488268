import { CornerDownRight } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { classes } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { inputLook } from '../../ui/field.tsx'
import { teamBelow } from '../workspaces/index.ts'
import { whatMoves } from './words.ts'

export type MovePickerProps = {
  workspaces: readonly Workspace[]
  workspaceIds: readonly WorkspaceId[]
  onPick: (toParentId: WorkspaceId | null) => void
  onClose: () => void
}

type Choice = { id: WorkspaceId | null; name: string; detail: string; refused: string | undefined }

/** Where to: the keyboard's way to move a workspace. */
export function MovePicker({ workspaces, workspaceIds, onPick, onClose }: MovePickerProps) {
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const moved = workspaces.filter(({ id }) => workspaceIds.includes(id))
  const choices = choicesFor(workspaces, moved).filter(({ name }) =>
    name.toLowerCase().includes(query.trim().toLowerCase()),
  )
  const current = Math.min(at, choices.length - 1)
  const pick = (choice: Choice | undefined) => {
    if (choice && choice.refused === undefined) onPick(choice.id)
  }
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    setAt(Math.max(0, Math.min(choices.length - 1, current + step)))
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={() => pick(choices[current])}
      title={`Move ${whatMoves(moved)} to…`}
      width="narrow"
    >
      <input
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={choices[current] ? `${listId}-${current}` : undefined}
        aria-label="Find a workspace"
        placeholder="Find a workspace"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setAt(0)
        }}
        onKeyDown={press}
        className={classes(inputLook, 'mb-2 h-7 px-2')}
        data-autofocus
      />
      <div id={listId} role="listbox" aria-label="Workspaces" className="mb-3 h-72 overflow-y-auto">
        {choices.length === 0 && <p className="p-2 text-fg-2">No workspace of this name.</p>}
        {choices.map((choice, index) => (
          <Option
            key={choice.id ?? 'root'}
            id={`${listId}-${index}`}
            choice={choice}
            isCurrent={index === current}
            onPick={() => pick(choice)}
          />
        ))}
      </div>
    </Dialog>
  )
}

type OptionProps = { id: string; choice: Choice; isCurrent: boolean; onPick: () => void }

function Option({ id, choice, isCurrent, onPick }: OptionProps) {
  const isRefused = choice.refused !== undefined
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keys.
    <div
      id={id}
      ref={(element) => {
        if (isCurrent) element?.scrollIntoView({ block: 'nearest' })
      }}
      role="option"
      tabIndex={-1}
      aria-selected={isCurrent}
      aria-disabled={isRefused || undefined}
      onClick={onPick}
      className={classes(
        'flex min-h-8 items-center gap-2 rounded-4 px-2',
        isCurrent && 'bg-surface-3',
        isRefused ? 'text-fg-3' : 'hover:bg-hover',
      )}
    >
      <CornerDownRight size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-fg-3" />
      <span className="min-w-0 flex-1 truncate" title={choice.name}>
        {choice.name}
      </span>
      <span className="max-w-1/2 shrink-0 truncate text-12 text-fg-3">{choice.refused ?? choice.detail}</span>
    </div>
  )
}

function choicesFor(workspaces: readonly Workspace[], moved: readonly Workspace[]): Choice[] {
  const ids = moved.map(({ id }) => id)
  const below = new Set(teamBelow(workspaces, ids).map(({ id }) => id))
  const isUnder = (parentId: WorkspaceId | null) => moved.every((workspace) => workspace.parentId === parentId)
  const root: Choice = {
    id: null,
    name: 'Nobody: make it a root',
    detail: '',
    refused: isUnder(null) ? 'It is one' : undefined,
  }
  const others = workspaces.map(({ id, name, role }): Choice => {
    if (ids.includes(id)) return { id, name, detail: role, refused: 'Itself' }
    if (below.has(id)) return { id, name, detail: role, refused: 'In its own team' }
    return { id, name, detail: role, refused: isUnder(id) ? 'Its parent now' : undefined }
  })
  return [root, ...others.filter((choice) => choice.refused === undefined), ...others.filter(({ refused }) => refused)]
}
