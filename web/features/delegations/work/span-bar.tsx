import { type GlyphState, glyphColors } from '../../../ui/status-glyph.tsx'
import { spanOn, type TimeAxis } from './time-axis.ts'

type SpanBarProps = {
  axis: TimeAxis | undefined
  of: { startedAt: string | null; finishedAt: string | null }
  now: number
  glyph: GlyphState
}

/** When it ran, on the time axis of the whole trace. */
export function SpanBar({ axis, of, now, glyph }: SpanBarProps) {
  const span = axis && spanOn(axis, of, now)
  return (
    <span aria-hidden className="relative mt-1 block h-1 rounded-4 bg-surface-3">
      {span && (
        <span
          className={`absolute inset-y-0 rounded-4 bg-current ${glyphColors[glyph]}`}
          style={{ left: `${span.left}%`, width: `${span.width}%` }}
        />
      )}
    </span>
  )
}
