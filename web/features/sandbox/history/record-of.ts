import type { RunRecord } from '#shared/runs/contract.ts'
import { cutOutput } from '#shared/runs/cut-output.ts'
import { describeResult } from '../describe-result.ts'
import type { EndedRun } from '../runner.ts'

/** How a run went, as it is kept. */
export function recordOf({ backend, limits, result, output }: EndedRun): RunRecord {
  const value = result.kind === 'completed' ? result.value : null
  const detail = value ?? describeResult(result).detail ?? ''
  const kept = cutOutput(output)
  const { timeMs, outputBytes, memoryBytes, processCount } = limits
  return {
    ...{ backend, outcome: result.kind, detail: detail.slice(0, 20_000), durationMs: result.durationMs },
    ...{ output: [...kept.output], leftOut: kept.leftOut },
    limits: { timeMs, outputBytes, memoryBytes, processCount },
  }
}
