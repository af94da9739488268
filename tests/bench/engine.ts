import type { Bench } from './bench.ts'
import { type BenchDatabase, openBenchDatabase } from './engine/bench-database.ts'
import { measureNodeDeath, measureRestart } from './engine/deaths.ts'
import { measureFairShare } from './engine/fair-share.ts'
import { measureIdle } from './engine/idle.ts'
import { measureList } from './engine/list.ts'
import { measureLoops } from './engine/loops.ts'
import { measureStartLatency } from './engine/start-latency.ts'
import { measureThroughput } from './engine/throughput.ts'
import { measureSeek } from './past.ts'

/**
 * The engine, on a PostgreSQL of its own: how much work it finishes beside a bare queue, how soon it starts, loops, lists and
 * comes back from the dead, what it costs while nothing is to do, and whether a flood of one drowns another.
 */
export async function runEngineBench(): Promise<Bench> {
  const { delegationsPerS, bareJobsPerS } = await on(measureThroughput)
  const start = await on(measureStartLatency)
  const loops = await on(measureLoops)
  const { floodMs, quietAloneMs, ...fair } = await on(measureFairShare)
  const idle = await on(measureIdle)
  const list = await on(measureList)
  const death = await on(measureNodeDeath)
  const restart = await measureRestart()
  const { seek100kMs, seekFromZeroMs } = await on(measureSeek)
  return {
    figures: {
      delegationsPerS,
      bareJobsPerS,
      ...start,
      ...loops,
      ...list,
      ...death,
      ...restart,
      seek100kMs,
      quietAloneMs,
      ...fair,
      ...idle.figures,
    },
    baseline: {
      bareJobsPerS,
      aThirdOfBarePerS: Math.round(bareJobsPerS / 3),
      floodMs,
      seekFromZeroMs,
      ...idle.baseline,
      ...goals,
    },
  }
}

/** What the figures are to stay below. */
const goals = {
  goalStartP50Ms: 20,
  goalStartP99Ms: 100,
  goalLoop100MedianMs: 150,
  goalList100kP95Ms: 50,
  goalNodeDeathResumeMs: 15_000,
  goalRestartResumeMs: 3_000,
  goalSeek100kMs: 200,
}

/** Each measure finds a server that has seen nothing of the others. */
async function on<T>(measure: (database: BenchDatabase) => Promise<T>): Promise<T> {
  const database = await openBenchDatabase()
  try {
    return await measure(database)
  } finally {
    await database.stop()
  }
}
