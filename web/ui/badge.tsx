import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export type BadgeTone = 'neutral' | 'accent' | 'waiting' | 'completed' | 'failed'

const tones: Record<BadgeTone, string> = {
  neutral: 'bg-surface-3 text-fg-2',
  accent: 'bg-accent-soft text-accent',
  waiting: 'bg-waiting-soft text-state-waiting',
  completed: 'bg-completed-soft text-state-completed',
  failed: 'bg-failed-soft text-state-failed',
}

export function Badge({ tone = 'neutral', children }: { tone?: BadgeTone; children: ReactNode }) {
  return (
    <span
      className={classes(
        'inline-flex min-h-[18px] max-w-full items-center gap-1 rounded-4 px-1.5 text-12 break-words',
        tones[tone],
      )}
    >
      {children}
    </span>
  )
}
