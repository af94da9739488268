import { Check, ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { type GlyphState, StatusGlyph } from '../../ui/status-glyph.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'

export type Told = { id: number; sentence: string }

export type NoticeRowProps = {
  at: string
  glyph: GlyphState
  sentence: string
  /** What it is about, in a quieter voice. */
  about?: string
  /** Sentences of the same talk that came before, newest first; counted, and read on demand. */
  earlier?: readonly Told[]
  isRead: boolean
  act?: { label: string; run: () => void }
  onRead: () => void
}

/** One thing that happened: what, when, and the one act that goes there. */
export function NoticeRow({ at, glyph, sentence, about, earlier = [], isRead, act, onRead }: NoticeRowProps) {
  return (
    <li className="flex gap-2.5 border-b border-line px-3 py-2 last:border-b-0">
      <span className="mt-0.75">
        <StatusGlyph state={glyph} />
      </span>
      <div className="min-w-0 flex-1">
        <p className={isRead ? 'text-pretty text-fg-2' : 'font-medium text-pretty'}>
          {!isRead && <span className="sr-only">Unread: </span>}
          {sentence}
        </p>
        {about !== undefined && (
          <p className="truncate text-12 text-fg-2" title={about}>
            {about}
          </p>
        )}
        {earlier.length > 0 && <Earlier told={earlier} />}
        <div className="mt-1 flex items-center gap-2 text-12 text-fg-2">
          {act && (
            <Button size="small" onClick={act.run} aria-label={`${act.label}: ${sentence}`}>
              {act.label}
            </Button>
          )}
          <TimeAgo at={at} />
        </div>
      </div>
      {!isRead && (
        <div className="flex shrink-0 flex-col items-center gap-1">
          <span aria-hidden className="mt-1.5 size-2 rounded-full bg-accent" />
          <IconButton icon={Check} size="small" label="Mark as read" onClick={onRead} />
        </div>
      )}
    </li>
  )
}

function Earlier({ told }: { told: readonly Told[] }) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    <div className="mt-0.5 text-12 text-fg-2">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
        className="-ml-1 flex h-6 items-center gap-0.5 rounded-4 px-1 hover:bg-hover hover:text-fg"
      >
        <ChevronRight
          size={14}
          strokeWidth={1.75}
          aria-hidden
          className={isOpen ? 'rotate-90 transition-transform' : 'transition-transform'}
        />
        {told.length === 1 ? 'One message before this' : `${told.length} messages before this`}
      </button>
      {isOpen && (
        <ol id={id} aria-label="Messages before this, newest first" className="ml-1.5 border-l border-line pl-3">
          {told.map(({ id: seq, sentence }) => (
            <li key={seq} className="py-0.5 text-pretty wrap-anywhere">
              {sentence}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
