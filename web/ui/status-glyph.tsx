import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export type GlyphState =
  | 'idle'
  | 'queued'
  | 'working'
  | 'waiting-child'
  | 'waiting-approval'
  | 'waiting-input'
  | 'waiting-budget'
  | 'waiting-retry'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'lost'
  | 'paused'
  | 'offline'

export type StatusGlyphProps = {
  state: GlyphState
  /** Give it only where no word stands beside the glyph. */
  label?: string
  size?: number
}

/** A state by shape and colour, so that it can be told apart without colour. */
export function StatusGlyph({ state, label, size = 14 }: StatusGlyphProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      aria-hidden={label === undefined || undefined}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={classes('shrink-0', glyphColors[state])}
    >
      {shapes[state]}
    </svg>
  )
}

/** The glyph with its word, in the state's colour. */
export function StatusLabel({ state, children }: { state: GlyphState; children: ReactNode }) {
  return (
    <span className={classes('inline-flex min-w-0 items-center gap-1.5 font-medium', glyphColors[state])}>
      <StatusGlyph state={state} />
      <span className="truncate">{children}</span>
    </span>
  )
}

export const glyphColors: Record<GlyphState, string> = {
  idle: 'text-state-idle',
  queued: 'text-state-idle',
  working: 'text-state-working',
  'waiting-child': 'text-state-waiting',
  'waiting-approval': 'text-state-waiting',
  'waiting-input': 'text-state-waiting',
  'waiting-budget': 'text-state-waiting',
  'waiting-retry': 'text-state-waiting',
  completed: 'text-state-completed',
  failed: 'text-state-failed',
  cancelled: 'text-state-idle',
  lost: 'text-state-failed',
  paused: 'text-state-paused',
  offline: 'text-state-paused',
}

const shapes: Record<GlyphState, ReactNode> = {
  idle: <circle cx="8" cy="8" r="5" />,
  queued: <circle cx="8" cy="8" r="5" strokeDasharray="2.2 3" />,
  working: (
    <>
      <circle cx="8" cy="8" r="1.9" fill="currentColor" stroke="none" />
      <circle cx="8" cy="8" r="5.75" className="hidden motion-reduce:inline" />
      <path d="M13.75 8A5.75 5.75 0 1 1 8 2.25" className="origin-center animate-turn motion-reduce:hidden" />
    </>
  ),
  'waiting-child': <path d="M5.5 3.5v9M10.5 3.5v9" strokeWidth="2.25" />,
  'waiting-approval': (
    <path
      strokeWidth="1.4"
      d="M11.5 7.2V4.4a1 1 0 0 0-2 0M9.5 7V3.1a1 1 0 0 0-2 0V7M7.5 7V3.7a1 1 0 0 0-2 0v5.1M11.5 5.6a1 1 0 0 1 2 0v3.6A4.8 4.8 0 0 1 8.7 14C6.8 14 5.6 13.4 4.6 12L2.7 9.3a1 1 0 0 1 1.6-1.2l1.2 1.3"
    />
  ),
  'waiting-input': (
    <>
      <path d="M5.2 5.6A2.9 2.9 0 0 1 8.1 2.9c1.7 0 2.9 1.1 2.9 2.6 0 2-2.9 2.2-2.9 4" />
      <circle cx="8.1" cy="12.9" r="1.15" fill="currentColor" stroke="none" />
    </>
  ),
  'waiting-budget': (
    <>
      <circle cx="8" cy="8" r="5.75" strokeWidth="1.5" />
      <path
        strokeWidth="1.25"
        d="M9.9 6.2C9.6 5.6 8.9 5.2 8 5.2c-1 0-1.9.5-1.9 1.4C6.1 8.4 10 7.5 10 9.4c0 .9-.9 1.4-2 1.4-1 0-1.7-.4-2-1M8 4.2v1M8 10.8v1"
      />
    </>
  ),
  'waiting-retry': <path d="M13.2 9.2A5.4 5.4 0 1 1 12.3 4.6M12.8 2.2v2.9H9.9" />,
  completed: <path d="m3 8.6 3.4 3.4L13 4.6" strokeWidth="2" />,
  failed: <path d="m4 4 8 8M12 4l-8 8" strokeWidth="2" />,
  cancelled: (
    <>
      <circle cx="8" cy="8" r="5.5" strokeWidth="1.5" />
      <path d="m4.2 11.8 7.6-7.6" strokeWidth="1.5" />
    </>
  ),
  lost: (
    <path
      strokeWidth="1.6"
      d="M6.3 9.7a2.6 2.6 0 0 1-3.7 0 2.6 2.6 0 0 1 0-3.7l1.2-1.2M9.7 6.3a2.6 2.6 0 0 1 3.7 0 2.6 2.6 0 0 1 0 3.7l-1.2 1.2M6.6 2.2v1.9M2.2 2.6l1.5 1.5M9.4 13.8v-1.9M13.8 13.4l-1.5-1.5"
    />
  ),
  paused: <rect x="4" y="4" width="8" height="8" rx="1.2" />,
  offline: <path d="M3.5 8h9" strokeWidth="2.25" />,
}
