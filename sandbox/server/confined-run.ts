import type { Limits, OutputChunk, RunOutcome } from '../sandbox.ts'
import { encodeJob, type Job, type Report, reportReader } from './job.ts'
import type { Parked } from './parked.ts'

export type ConfinedRun = {
  /** Ends it with this outcome, unless it has one already. */
  end(outcome: RunOutcome): void
  readonly over: Promise<{
    outcome: RunOutcome
    limitsMet: readonly ('memory' | 'processes')[]
    report: Report | null
  }>
}

type Run = { job: Job; stdin: string; limits: Limits; timeMs: number; tell(chunk: OutputChunk): void }

/** One job on one parked runtime: hears its output up to the limit, ends it by the clock, and says what became of it. */
export function startRun(parked: Parked, { job, stdin, limits, timeMs, tell }: Run): ConfinedRun {
  const { child, closed } = parked
  const reader = reportReader(job.nonce, longestReport(limits))
  let forced: RunOutcome | undefined
  let room = limits.outputBytes
  let errors = ''

  const end = (outcome: RunOutcome) => {
    if (forced) return
    forced = outcome
    parked.end()
  }
  const pass = (stream: OutputChunk['stream'], text: string) => {
    if (text === '' || room <= 0) return
    const bytes = Buffer.from(text)
    const kept = bytes.length <= room ? text : wholeCharacters(bytes.subarray(0, room))
    room -= bytes.length
    if (stream === 'stderr' && errors.length < 300) errors += text
    if (kept !== '') tell({ stream, text: kept })
    if (room < 0) end({ kind: 'output-limit', limitBytes: limits.outputBytes })
  }
  const [out, err] = [new TextDecoder(), new TextDecoder()]
  child.stdout.on('data', (bytes: Buffer) => pass('stdout', out.decode(bytes, { stream: true })))
  child.stderr.on('data', (bytes: Buffer) => {
    pass('stderr', reader.pass(err.decode(bytes, { stream: true })))
    if (reader.isTooLong()) end({ kind: 'output-limit', limitBytes: limits.outputBytes })
  })
  const timer = setTimeout(() => end({ kind: 'timed-out', limitMs: timeMs }), timeMs)
  child.stdin.write(encodeJob(job))
  child.stdin.end(stdin)

  const over = closed.then(({ code, signal, limitsMet, problem }) => {
    clearTimeout(timer)
    const { rest, report } = reader.end()
    pass('stdout', out.decode())
    pass('stderr', rest)
    const lost =
      problem === undefined ? undefined : ({ kind: 'unavailable', reason: `The sandbox failed: ${problem}` } as const)
    const outcome =
      forced ?? lost ?? outcomeOf(report, { code, signal, limitsMet, memoryBytes: limits.memoryBytes, errors })
    return { outcome, limitsMet, report }
  })
  return { end, over }
}

/** All files in base64 with their names, and a value or an error as long as its output may be. */
function longestReport({ fileBytes, outputBytes }: Limits): number {
  return fileBytes * 2 + outputBytes * 2 + 8 * 1024 * 1024
}

type Ending = {
  code: number | null
  signal: NodeJS.Signals | null
  limitsMet: readonly string[]
  memoryBytes: number
  /** The beginning of what it wrote to standard error. */
  errors: string
}

function outcomeOf(report: Report | null, { code, signal, limitsMet, memoryBytes, errors }: Ending): RunOutcome {
  if (report?.error) return { kind: 'failed', phase: report.phase, error: report.error }
  if (code === 0) return { kind: 'completed', exitCode: 0, value: report?.value ?? null }
  // 133 and 134: V8 gives up by itself when its heap is full. 137: the system ended the one that took too much.
  const gaveUp = code === 133 || code === 134
  if (gaveUp || (limitsMet.includes('memory') && (!report || code === 137)))
    return { kind: 'out-of-memory', limitBytes: memoryBytes }
  if (report && code !== null) return { kind: 'exited', exitCode: code }
  // The walls could not be put up: the program never ran.
  if (/^(bwrap|confine): /.test(errors))
    return { kind: 'unavailable', reason: `The sandbox could not start: ${errors.slice(0, 300).trim()}` }
  if (code !== null && code < 128) return { kind: 'exited', exitCode: code }
  return { kind: 'crashed', reason: `The program was ended by the system (${signal ?? `code ${code}`}).` }
}

/** The longest part that ends with a whole character. */
function wholeCharacters(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes, { stream: true })
}
