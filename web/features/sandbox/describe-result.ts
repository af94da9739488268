import type { Position, RunResult } from '#sandbox/sandbox.ts'

export type ResultWords = {
  readonly state: 'completed' | 'failed' | 'cancelled'
  /** Short, for the bar. */
  readonly word: string
  /** What happened and what to do now; nothing where the word says it all. */
  readonly detail: string | null
  readonly stack: string | null
  readonly at: Position | null
}

/** A run's end in words for the person who pressed Run. */
export function describeResult(result: RunResult): ResultWords {
  const took = formatDuration(result.durationMs)
  const plain = { detail: null, stack: null, at: null }
  switch (result.kind) {
    case 'completed':
      return { ...plain, state: 'completed', word: `Completed in ${took}` }
    case 'stopped':
      return { ...plain, state: 'cancelled', word: `Stopped after ${took}` }
    case 'failed': {
      const { name, message, stack, at } = result.error
      const head = name === 'Uncaught' ? `Uncaught ${message}` : `${name}: ${message}`
      const word = result.phase === 'compile' ? 'Does not compile' : `Failed after ${took}`
      return { state: 'failed', word, detail: head, stack: framesOf(stack), at }
    }
    case 'exited':
      return { ...plain, state: 'failed', word: `Ended with code ${result.exitCode} after ${took}` }
    case 'out-of-memory': {
      const detail = `The snippet wanted more than ${Math.round(result.limitBytes / 1_048_576)} MB of memory and was ended. Work on less at once.`
      return { ...plain, state: 'failed', word: 'Memory limit reached', detail }
    }
    case 'timed-out': {
      const detail = `The snippet was still running after ${formatDuration(result.limitMs)} and was ended. Look for a loop or a timer that never stops.`
      return { ...plain, state: 'failed', word: 'Time limit reached', detail }
    }
    case 'output-limit': {
      const detail = `The snippet wrote more than ${Math.round(result.limitBytes / 1000)} kB and was ended. Print less, or only a part.`
      return { ...plain, state: 'failed', word: 'Output limit reached', detail }
    }
    case 'crashed':
      return {
        ...plain,
        state: 'failed',
        word: 'Crashed',
        detail: `${result.reason} Run it again; a new worker is ready.`,
      }
    case 'unavailable':
      return { ...plain, state: 'failed', word: 'Could not run', detail: result.reason }
    default:
      return result satisfies never
  }
}

export function formatDuration(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0).replace(/\.0$/, '')} s`
}

/** The frames only; the head of the stack repeats the message. */
function framesOf(stack: string): string | null {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
  return frames.length === 0 ? null : frames.join('\n')
}
