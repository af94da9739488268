import type { OutputChunk, RunResult } from '#sandbox/sandbox.ts'
import type { RunRecord } from '#shared/runs/contract.ts'

export type Comparison = {
  readonly isSameEnd: boolean
  /** `unknown` where not all of the recorded output was kept. */
  readonly output: 'same' | 'different' | 'unknown'
}

/** Says whether a run came out as it did before. Where a stream went between the other's lines is not compared. */
export function compareRuns(before: RunRecord, now: { result: RunResult; output: readonly OutputChunk[] }): Comparison {
  return { isSameEnd: before.outcome === now.result.kind, output: compareOutput(before, now.output) }
}

/** What a program said, as one text: what went to stdout first. */
export function saidIn(output: readonly OutputChunk[]): string {
  const [out, err] = [textOf(output, 'stdout'), textOf(output, 'stderr')]
  return err === '' ? out : `${out}${out === '' || out.endsWith('\n') ? '' : '\n'}${err}`
}

function compareOutput(before: RunRecord, now: readonly OutputChunk[]): Comparison['output'] {
  const isSame = (['stdout', 'stderr'] as const).every(
    (stream) => textOf(before.output, stream) === textOf(now, stream),
  )
  if (isSame && before.leftOut === 0) return 'same'
  const isCut = before.leftOut > 0 || before.output.some(({ text }) => cutMark.test(text))
  return isCut ? 'unknown' : 'different'
}

/** How run_code says that the middle of a long output was left out. */
const cutMark = /\n… \d+ characters left out …\n/

function textOf(output: readonly OutputChunk[], stream: OutputChunk['stream']): string {
  return output
    .filter((chunk) => chunk.stream === stream)
    .map((chunk) => chunk.text)
    .join('')
}
