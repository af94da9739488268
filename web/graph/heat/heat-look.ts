import type { GlyphState } from '../../ui/status-glyph.tsx'
import type { MeasuringKind } from './heat.ts'

/** The colours of an overlay from nothing to the strongest, in the same steps as the blocks from afar. */
export const swatches: Record<MeasuringKind, readonly string[]> = {
  spend: ['bg-surface-3', 'bg-accent/35', 'bg-accent/55', 'bg-accent/75', 'bg-accent'],
  queue: ['bg-surface-3', 'bg-state-waiting/35', 'bg-state-waiting/55', 'bg-state-waiting/75', 'bg-state-waiting'],
  errors: ['bg-surface-3', 'bg-state-failed/35', 'bg-state-failed/55', 'bg-state-failed/75', 'bg-state-failed'],
}

/** The band of a card whose state is shown as colour. */
export const stateBands: Record<GlyphState, string> = {
  idle: 'bg-state-idle/35',
  queued: 'bg-state-idle/35',
  working: 'bg-state-working',
  'waiting-child': 'bg-state-waiting',
  'waiting-approval': 'bg-state-waiting',
  'waiting-input': 'bg-state-waiting',
  'waiting-budget': 'bg-state-waiting',
  'waiting-retry': 'bg-state-waiting',
  completed: 'bg-state-completed',
  failed: 'bg-state-failed',
  cancelled: 'bg-state-idle/35',
  lost: 'bg-state-failed',
  paused: 'bg-state-paused',
  offline: 'bg-state-paused',
}
