/** One stretch of time that all bars of a trace are drawn on. */
export type TimeAxis = { from: number; to: number }

type Timed = { startedAt: string | null; finishedAt: string | null }

/** From the first begin to the last end, or to `now` while something goes on; undefined before anything began. */
export function axisOf(all: readonly Timed[], now: number): TimeAxis | undefined {
  const begun = all.flatMap(({ startedAt, finishedAt }) =>
    startedAt === null ? [] : [{ from: Date.parse(startedAt), to: finishedAt === null ? now : Date.parse(finishedAt) }],
  )
  if (begun.length === 0) return undefined
  const from = Math.min(...begun.map((one) => one.from))
  return { from, to: Math.max(from + 1, ...begun.map((one) => one.to)) }
}

/** The least that is still seen, in percent. */
const least = 1.5

/** Where on the axis something ran, in percent; what ran outside of it is drawn at its edge. */
export function spanOn(
  { from, to }: TimeAxis,
  { startedAt, finishedAt }: Timed,
  now: number,
): { left: number; width: number } | undefined {
  if (startedAt === null) return undefined
  const percent = (at: number) => ((Math.min(Math.max(at, from), to) - from) / (to - from)) * 100
  const left = Math.min(percent(Date.parse(startedAt)), 100 - least)
  const end = percent(finishedAt === null ? now : Date.parse(finishedAt))
  return { left, width: Math.min(Math.max(end - left, least), 100 - left) }
}
