import type { GlyphState } from './status-glyph.tsx'

/** The text colour of a state; its glyph says the same by shape. */
export function toneOf(glyph: GlyphState): string {
  if (glyph === 'working') return 'text-state-working'
  if (glyph === 'completed') return 'text-state-completed'
  if (glyph === 'failed' || glyph === 'lost') return 'text-state-failed'
  return glyph.startsWith('waiting') ? 'text-state-waiting' : 'text-fg-2'
}
