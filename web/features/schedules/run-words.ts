import type { ScheduleRun } from '#shared/schedules/contract.ts'
import type { GlyphState } from '../../ui/status-glyph.tsx'

/** How a run stands, as a glyph and one or two words. */
export function runWords(run: ScheduleRun): { glyph: GlyphState; word: string } {
  if (run.outcome === 'skipped') return { glyph: run.code === 'failed' ? 'failed' : 'offline', word: 'Skipped' }
  switch (run.state) {
    case 'completed':
      return { glyph: 'completed', word: 'Completed' }
    case 'failed':
      return { glyph: 'failed', word: 'Failed' }
    case 'cancelled':
      return { glyph: 'cancelled', word: 'Cancelled' }
    case 'queued':
      return { glyph: 'queued', word: 'Queued' }
    case 'running':
      return { glyph: 'working', word: 'Working' }
    case 'waiting':
      return { glyph: 'waiting-child', word: 'Waiting' }
    case 'lost':
      return { glyph: 'lost', word: 'Lost' }
    case null:
      return { glyph: 'idle', word: 'Started' }
    default:
      return run.state satisfies never
  }
}

/** Why, or what came of it. */
export function runDetail(run: ScheduleRun): string {
  const often = run.times > 1 ? ` (${run.times} times)` : ''
  const by = run.trigger === 'person' && run.by ? `Run by ${run.by}. ` : ''
  return `${by}${plain(run.reason ?? run.result ?? '')}${often}`.trim()
}

/** One line without the commonest marks of Markdown. */
function plain(text: string): string {
  return text
    .replace(/\*\*|`|^#+ /gm, '')
    .replace(/\s+/g, ' ')
    .trim()
}
