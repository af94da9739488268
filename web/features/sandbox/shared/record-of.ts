import type { OutputChunk, RunResult } from '#sandbox/sandbox.ts'
import type { RunRecord } from '#shared/runs/contract.ts'
import { maxRunOutputChars } from '#shared/runs/limits.ts'
import { describeResult } from '../describe-result.ts'

/** How a run went, as it is kept for others. */
export function recordOf(backend: string, result: RunResult, output: readonly OutputChunk[]): RunRecord {
  const value = result.kind === 'completed' ? result.value : null
  const detail = value ?? describeResult(result).detail ?? ''
  const text = output.map((chunk) => chunk.text).join('')
  return {
    ...{ backend, outcome: result.kind, detail: detail.slice(0, 20_000), durationMs: result.durationMs },
    output: text.length > maxRunOutputChars ? text.slice(-maxRunOutputChars) : text,
  }
}
