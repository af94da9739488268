/** One bench of one run: figures, and beside them what they are to be compared with, measured in the same run. */
export type Bench = { figures: Record<string, number>; baseline: Record<string, number> }
