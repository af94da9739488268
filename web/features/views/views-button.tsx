import { useQuery } from '@tanstack/react-query'
import { Bookmark, Check, Pencil, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { View, ViewId, ViewLook } from '#shared/views/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Popover } from '../../ui/popover.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { deleteView, renameView, saveView } from './act.ts'
import { viewsQuery } from './cache.ts'
import { newViewId } from './new-view-id.ts'

type ViewsButtonProps = {
  orgId: OrgId
  /** How the graph is looked at now. */
  readLook: () => ViewLook
  onShow: (look: ViewLook) => void
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

/** The person's own views of the org: chosen, saved, renamed, deleted. */
export function ViewsButton({ isOpen, onOpenChange, ...parts }: ViewsButtonProps) {
  return (
    <Popover
      label="Saved views"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      trigger={<IconButton icon={Bookmark} label="Saved views" isActive={isOpen} />}
    >
      <Views {...parts} onDone={() => onOpenChange(false)} />
    </Popover>
  )
}

type ViewsProps = Pick<ViewsButtonProps, 'orgId' | 'readLook' | 'onShow'> & { onDone: () => void }

function Views({ orgId, readLook, onShow, onDone }: ViewsProps) {
  const { data: views, error } = useQuery(viewsQuery(orgId))
  const [renamed, setRenamed] = useState<ViewId>()
  if (error && !views) return <p className="text-12 text-danger">{readProblem(error).message}</p>
  if (!views) return <SkeletonLines count={2} label="Reading your views" />
  return (
    <div className="flex flex-col gap-2">
      {views.length === 0 ? (
        <p className="text-12 text-fg-2">
          Keep how you look at the org now: place, zoom, collapsed teams, overlay and search. Only you see your views.
        </p>
      ) : (
        <ul className="-mx-1 flex flex-col">
          {views.map((view) =>
            view.id === renamed ? (
              <li key={view.id} className="px-1 py-0.5">
                <NameForm
                  label="New name of the view"
                  initial={view.name}
                  act="Rename"
                  onName={(name) => {
                    setRenamed(undefined)
                    void renameView(orgId, view, name)
                  }}
                />
              </li>
            ) : (
              <Row
                key={view.id}
                view={view}
                onShow={() => {
                  onShow(view.look)
                  onDone()
                }}
                onRename={() => setRenamed(view.id)}
                onDelete={() => void deleteView(orgId, view)}
              />
            ),
          )}
        </ul>
      )}
      <div className="border-t border-line pt-2">
        <NameForm
          label="Name of a new view"
          initial=""
          act="Save view"
          onName={(name) => void saveView(orgId, { id: newViewId(), name, look: readLook() })}
        />
      </div>
    </div>
  )
}

type RowProps = { view: View; onShow: () => void; onRename: () => void; onDelete: () => void }

function Row({ view, onShow, onRename, onDelete }: RowProps) {
  return (
    <li className="flex items-center gap-0.5">
      <button
        type="button"
        onClick={onShow}
        title={view.name}
        className="min-h-7 min-w-0 flex-1 truncate rounded-4 px-2 text-left text-13 hover:bg-hover"
      >
        {view.name}
      </button>
      <IconButton icon={Pencil} size="small" label={`Rename ${view.name}`} onClick={onRename} />
      <IconButton icon={Trash2} size="small" label={`Delete ${view.name}`} onClick={onDelete} />
    </li>
  )
}

type NameFormProps = { label: string; initial: string; act: string; onName: (name: string) => void }

function NameForm({ label, initial, act, onName }: NameFormProps) {
  const [name, setName] = useState(initial)
  const trimmed = name.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (trimmed === '') return
    setName('')
    onName(trimmed)
  }
  return (
    <form onSubmit={submit} className="flex items-end gap-1.5">
      <div className="min-w-0 flex-1">
        <TextField
          label={label}
          isLabelHidden
          placeholder="Name this view"
          maxLength={60}
          autoFocus={initial !== ''}
          value={name}
          onChange={setName}
        />
      </div>
      <Button type="submit" icon={Check} disabled={trimmed === ''}>
        {act}
      </Button>
    </form>
  )
}
