import { Check } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { type GlyphState, StatusGlyph } from '../../ui/status-glyph.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'

export type NoticeRowProps = {
  at: string
  glyph: GlyphState
  sentence: string
  /** What it is about, in a quieter voice. */
  about?: string
  isRead: boolean
  act?: { label: string; run: () => void }
  onRead: () => void
}

/** One thing that happened: what, when, and the one act that goes there. */
export function NoticeRow({ at, glyph, sentence, about, isRead, act, onRead }: NoticeRowProps) {
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
