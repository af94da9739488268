import type { DelegationView, StepView } from '#shared/delegations/contract.ts'
import { formatDuration } from '#shared/kernel/format-time.ts'
import type { GlyphState } from '../../../ui/status-glyph.tsx'

type Subject = Pick<DelegationView, 'state' | 'waitingFor'> & { queuePosition?: number | null }

/** The glyph and the word of a delegation's state. */
export function stateOf({ state, waitingFor, queuePosition }: Subject): { glyph: GlyphState; word: string } {
  switch (state) {
    case 'queued':
      return { glyph: 'queued', word: queuePosition ? `Queued, ${placeWords(queuePosition)}` : 'Queued' }
    case 'running':
      return { glyph: 'working', word: 'Running' }
    case 'waiting':
      return waitingFor ? waits[waitingFor] : { glyph: 'waiting-child', word: 'Waiting' }
    case 'lost':
      return { glyph: 'lost', word: 'Lost, will be taken up again' }
    case 'completed':
      return { glyph: 'completed', word: 'Completed' }
    case 'failed':
      return { glyph: 'failed', word: 'Failed' }
    case 'cancelled':
      return { glyph: 'cancelled', word: 'Cancelled' }
    default:
      return state satisfies never
  }
}

/** "next in line", "2nd in line"; the server counts to a thousand. */
export function placeWords(position: number): string {
  if (position === 1) return 'next in line'
  if (position >= 1_000) return 'behind a thousand others'
  return `${position}${ordinals[plural.select(position)] ?? 'th'} in line`
}

const plural = new Intl.PluralRules('en', { type: 'ordinal' })
const ordinals: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }

const waits = {
  child: { glyph: 'waiting-child', word: 'Waiting for its reports' },
  approval: { glyph: 'waiting-approval', word: 'Needs approval' },
  input: { glyph: 'waiting-input', word: 'Needs an answer' },
  budget: { glyph: 'waiting-budget', word: 'Step limit reached' },
  retry: { glyph: 'waiting-retry', word: 'Tries again soon' },
} as const

const stepGlyphs: Record<StepView['state'], GlyphState> = {
  pending: 'queued',
  running: 'working',
  waiting: 'waiting-child',
  done: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
}

export function stepGlyph(step: StepView): GlyphState {
  return stepGlyphs[step.state]
}

export function isAlive({ state }: Pick<DelegationView, 'state'>): boolean {
  return state !== 'completed' && state !== 'failed' && state !== 'cancelled'
}

/** From start to end, or to `now` while it goes on; undefined before it began. */
function tookMs(startedAt: string | null, finishedAt: string | null, now: number): number | undefined {
  if (startedAt === null) return undefined
  return Math.max(0, (finishedAt === null ? now : Date.parse(finishedAt)) - Date.parse(startedAt))
}

export function tookWords(startedAt: string | null, finishedAt: string | null, now: number): string {
  const ms = tookMs(startedAt, finishedAt, now)
  return ms === undefined ? '' : formatDuration(ms)
}
