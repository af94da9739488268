import { PassThrough, type Readable, type Writable } from 'node:stream'
import type { Closed, Parked } from '../parked.ts'

/** The near ends of a program's streams that runs elsewhere. */
export type Streams = { readonly stdin: Readable; readonly stdout: Writable; readonly stderr: Writable }

/**
 * A program that runs in another place, held as if it were a process here. `run` begins at once, ends when the program has,
 * and cleans up after itself, also when the signal ends it; what it throws means that the place failed and not the program.
 */
export function parkRemote(run: (streams: Streams, signal: AbortSignal) => Promise<Closed>): Parked {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const abort = new AbortController()
  const lost = (error: unknown): Closed => {
    const problem = error instanceof Error ? error.message : String(error)
    return { code: null, signal: null, limitsMet: [], problem }
  }
  const closed = run({ stdin, stdout, stderr }, abort.signal)
    .catch(lost)
    .finally(() => {
      stdout.end()
      stderr.end()
      stdin.destroy()
    })
  stdin.on('error', () => {})
  return { child: { stdin, stdout, stderr }, closed, end: () => abort.abort() }
}
