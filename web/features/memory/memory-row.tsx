import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Memory } from '#shared/memory/contract.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { importanceWord, kindWords, scopeWords } from './words.ts'

export type MemoryRowProps = {
  memory: Memory
  /** The workspace whose tab this is. */
  workspaceId: string
  /** Absent for those who may not. */
  onForget: ((memory: Memory) => void) | undefined
}

const longChars = 320

export function MemoryRow({ memory, workspaceId, onForget }: MemoryRowProps) {
  const [isWhole, setIsWhole] = useState(false)
  const { text, scope, kind, importance, createdAt, usedAt } = memory
  const isLong = text.length > longChars || text.split('\n').length > 6
  const from = fromWords(memory, workspaceId)
  const weight = importanceWord(importance)
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
        <p className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-12 text-fg-2">
          <Badge tone={scope === 'LOCAL' ? 'neutral' : 'accent'}>{scopeWords[scope]}</Badge>
          <span>{kindWords[kind]}</span>
          {weight !== undefined && <span>{weight}</span>}
          {from !== undefined && <span>{from}</span>}
          <TimeAgo at={createdAt} />
          {usedAt !== null && (
            <span>
              recalled <TimeAgo at={usedAt} />
            </span>
          )}
        </p>
      </div>
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
