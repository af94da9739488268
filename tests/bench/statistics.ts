/** The value below which a share (0 to 1) of the samples lies; NaN of none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
}

export function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
