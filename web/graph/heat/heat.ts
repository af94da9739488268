import { formatMoney } from '#shared/kernel/format-money.ts'
import type { HeatKind } from '#shared/views/contract.ts'

/** What an overlay measures of a workspace, or of a team that is one card. */
export type Measured = { spendToday: number; queued: number; failedToday: number }

/** `top`: the value from which a card is in the strongest colour; a round number, so that colours do not flicker. */
export type HeatScale = { kind: HeatKind; top: number }

export const strongest = 4

/** An overlay that measures something; the others are "none" and "status". */
export type MeasuringKind = Exclude<HeatKind, 'none' | 'status'>

export function isMeasuring(kind: HeatKind): kind is MeasuringKind {
  return kind !== 'none' && kind !== 'status'
}

export function measure(kind: MeasuringKind, { spendToday, queued, failedToday }: Measured): number {
  if (kind === 'spend') return spendToday
  return kind === 'queue' ? queued : failedToday
}

/** 0 where there is nothing, else 1 to 4: in which quarter of the scale the value lies. */
export function levelOf(value: number, top: number): number {
  if (value <= 0 || top <= 0) return 0
  return Math.min(strongest, Math.ceil((value / top) * strongest))
}

/** The end of the scale for this largest value: 4, 8, 20, 40, 80, 200 … of the unit, so that its quarters are round too. */
export function roundTop(largest: number): number {
  if (largest <= strongest) return strongest
  const power = 10 ** Math.floor(Math.log10(largest))
  const step = [2, 4, 8].find((factor) => largest <= factor * power) ?? 20
  return step * power
}

/** Money is measured in millionths of a dollar; a scale that ends below a hundredth of a cent says nothing. */
export function topFor(kind: MeasuringKind, largest: number): number {
  return kind === 'spend' ? Math.max(400, roundTop(largest)) : roundTop(largest)
}

export function valueWords(kind: MeasuringKind, value: number): string {
  if (kind === 'spend') return formatMoney(value)
  if (kind === 'queue') return value === 0 ? 'none queued' : `${value} queued`
  if (value === 0) return 'no errors'
  return value === 1 ? '1 error' : `${value} errors`
}

/** What each colour of the legend stands for, from nothing to the strongest. */
export function legendOf({ kind, top }: { kind: MeasuringKind; top: number }): { level: number; words: string }[] {
  const words = (value: number) => (kind === 'spend' ? formatMoney(value) : String(value))
  const ends = [1, 2, 3, 4].map((level) => (top * level) / strongest)
  return [
    { level: 0, words: kind === 'spend' ? 'nothing' : '0' },
    ...ends.map((end, index) => {
      const level = index + 1
      const first = kind === 'spend' ? undefined : Math.floor(ends[index - 1] ?? 0) + 1
      if (level === strongest)
        return { level, words: first === undefined ? `over ${words(ends[2] ?? 0)}` : `${first} or more` }
      return {
        level,
        words: first === undefined ? `up to ${words(end)}` : first === end ? `${end}` : `${first}–${end}`,
      }
    }),
  ]
}

export const heatNames: Record<HeatKind, string> = {
  none: 'No overlay',
  status: 'Status',
  spend: 'Spend today',
  queue: 'Queue',
  errors: 'Errors today',
}
