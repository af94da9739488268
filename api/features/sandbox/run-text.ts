import type { OutputChunk, RunOutcome, RunResult, Sandbox, Session } from '#sandbox/sandbox.ts'
import { clippedMiddle } from './clipped-middle.ts'

/** What a model reads of a run; every limit that fired is named. */
export type RunText = {
  status: RunOutcome['kind']
  exit_code?: number
  error?: string
  stdout: string
  stderr: string
  /** Paths that the program wrote or changed, with their size in bytes. */
  files?: Record<string, number>
  limits_met?: readonly string[]
  /** Whom it tried to reach, and why it was not let. */
  network?: readonly string[]
  /** Said where the place could do less than a process can. */
  sandbox?: string
  /** Which place ran it, and the limits that place keeps. */
  backend: string
  limits: { timeMs: number; outputBytes: number; memoryBytes?: number; processCount?: number }
  detail?: string
}

/** Characters of each stream a model gets to read; the middle of more is left out, and the text says so. */
const streamCharacters = 12_000
/** Of an error, or of the value a program gives. */
const sayingCharacters = 6_000
const maxAttempts = 20
const attemptCharacters = 300

/** Runs in the session, hears it, and says what became of it. */
export async function textOfRun(
  session: Session,
  { name, capabilities }: Pick<Sandbox, 'name' | 'capabilities'>,
  run: () => Promise<RunResult>,
): Promise<RunText> {
  const chunks: OutputChunk[] = []
  session.onOutput((chunk) => void chunks.push(chunk))
  const before = new Map(session.files.list().map((path) => [path, session.files.read(path)]))
  const { limitsMet, attempts, ...outcome } = await run()
  const written = session.files.list().filter((path) => session.files.read(path) !== before.get(path))
  const sizes = written.map((path) => [path, session.files.read(path)?.length ?? 0] as const)
  return {
    ...describe(outcome),
    stdout: streamText(chunks, 'stdout'),
    stderr: streamText(chunks, 'stderr'),
    ...(sizes.length > 0 && { files: Object.fromEntries(sizes) }),
    ...(limitsMet && { limits_met: limitsMet }),
    ...(attempts && attempts.length > 0 && { network: attemptsText(attempts) }),
    backend: name,
    limits: keptLimits(session, capabilities),
    ...(!capabilities.processes && { sandbox: `${name}: ${capabilities.isolation}` }),
  }
}

function keptLimits({ limits }: Session, { memoryLimit, processes }: Sandbox['capabilities']): RunText['limits'] {
  const { timeMs, outputBytes, memoryBytes, processCount } = limits
  return { timeMs, outputBytes, ...(memoryLimit && { memoryBytes }), ...(memoryLimit && processes && { processCount }) }
}

type Attempts = NonNullable<RunResult['attempts']>

function attemptsText(attempts: Attempts): string[] {
  // Each once, and what was refused before the rest: a flood of what is allowed hides none of it.
  const sorted = [...attempts].sort((one, other) => Number(one.isAllowed) - Number(other.isAllowed))
  const words = [...new Set(sorted.map(attemptWords))]
  const told = words.slice(0, maxAttempts)
  return words.length > maxAttempts ? [...told, `… ${words.length - maxAttempts} more`] : told
}

function attemptWords({ host, port, isAllowed, why }: Attempts[number]): string {
  const words = isAllowed ? `${host}:${port} allowed` : `${host}:${port} refused: ${why}`
  return clippedMiddle(words, attemptCharacters)
}

function clipped(text: string): string {
  return clippedMiddle(text, sayingCharacters)
}

function describe(outcome: RunOutcome): Pick<RunText, 'status' | 'exit_code' | 'error' | 'detail'> {
  const { kind: status } = outcome
  switch (outcome.kind) {
    case 'completed':
      return {
        status,
        exit_code: 0,
        ...(outcome.value !== null && { detail: `default export: ${clipped(outcome.value)}` }),
      }
    case 'exited':
      return { status, exit_code: outcome.exitCode }
    case 'failed': {
      const { name, message, stack, at } = outcome.error
      const place = at && stack === '' ? ` (${at.file}:${at.line}:${at.column})` : ''
      return { status, error: clipped(stack === '' ? `${name}: ${message}${place}` : stack) }
    }
    case 'timed-out':
      return { status, detail: `Ended after ${outcome.limitMs / 1000} s. What it wrote until then is here.` }
    case 'output-limit':
      return { status, detail: `Ended after ${outcome.limitBytes} bytes of output.` }
    case 'out-of-memory':
      return {
        status,
        detail: `Ended: it wanted more than ${Math.round(outcome.limitBytes / 1_048_576)} MB of memory.`,
      }
    case 'stopped':
      return { status }
    case 'crashed':
    case 'unavailable':
      return { status, detail: clipped(outcome.reason) }
    default:
      return outcome satisfies never
  }
}

function streamText(chunks: readonly OutputChunk[], stream: OutputChunk['stream']): string {
  const text = chunks.filter((chunk) => chunk.stream === stream).map((chunk) => chunk.text)
  return clippedMiddle(text.join(''), streamCharacters)
}
