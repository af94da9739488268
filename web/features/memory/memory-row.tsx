import { Pin, PinOff, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Memory } from '#shared/memory/contract.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Select } from '../../ui/select.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import type { MemoryEdit } from './use-edit.ts'
import { kindWords, scopeWords, weightOf, weights, whyWords } from './words.ts'

export type MemoryRowProps = {
  memory: Memory
  /** The workspace whose tab this is. */
  workspaceId: string
  /** The best fit among what a search found. */
  bestFit: number
  /** Absent for those who may not. */
  onForget: ((memory: Memory) => void) | undefined
  onEdit: ((edit: MemoryEdit) => void) | undefined
}

const longChars = 320

export function MemoryRow({ memory, workspaceId, bestFit, onForget, onEdit }: MemoryRowProps) {
  const [isWhole, setIsWhole] = useState(false)
  const { id, text, scope, kind, importance, pinned, why, createdAt, usedAt } = memory
  const isLong = text.length > longChars || text.split('\n').length > 6
  const from = fromWords(memory, workspaceId)
  const weight = weightOf(importance)
  const pin = pinned ? 'Unpin' : 'Pin: it neither fades nor merges, and is found first'
  return (
    <article className="group flex gap-2 rounded-6 px-2 py-2 hover:bg-hover">
      <div className="min-w-0 flex-1">
        <p className={classes('text-13 break-words whitespace-pre-wrap', isLong && !isWhole && 'line-clamp-6')}>
          {text}
        </p>
        {isLong && (
          <Button tone="ghost" size="small" className="-ml-2" onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? 'Show less' : 'Show all'}
          </Button>
        )}
        <div className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-12 text-fg-2">
          <Badge tone={scope === 'LOCAL' ? 'neutral' : 'accent'}>{scopeWords[scope]}</Badge>
          <span>{kindWords[kind]}</span>
          {onEdit ? (
            <span className="[&_select]:h-6 [&_select]:text-12">
              <Select
                label="How much it matters"
                isLabelHidden
                value={weight}
                options={weights}
                onChange={(value) => onEdit({ id, importance: Number(value) })}
              />
            </span>
          ) : (
            <span>{weights.find(({ value }) => value === weight)?.label}</span>
          )}
          {pinned && <Badge tone="accent">Pinned</Badge>}
          {from !== undefined && <span>{from}</span>}
          <TimeAgo at={createdAt} />
          {usedAt !== null && (
            <span>
              recalled <TimeAgo at={usedAt} />
            </span>
          )}
        </div>
        {why && <p className="mt-1 text-12 text-fg-2 tabular-nums">{whyWords(why, bestFit)}</p>}
      </div>
      {onEdit && (
        <IconButton
          icon={pinned ? PinOff : Pin}
          label={pin}
          size="small"
          onClick={() => onEdit({ id, pinned: !pinned })}
        />
      )}
      {onForget && <IconButton icon={Trash2} label="Forget" size="small" onClick={() => onForget(memory)} />}
    </article>
  )
}

/** Nothing where the workspace itself wrote it. */
function fromWords(memory: Memory, workspaceId: string): string | undefined {
  const { workspaceName, writtenByName } = memory
  const isOwn = memory.workspaceId === workspaceId
  if (writtenByName === workspaceName) return isOwn ? undefined : `by ${workspaceName}`
  return isOwn ? `by ${writtenByName}` : `by ${writtenByName} in ${workspaceName}`
}
