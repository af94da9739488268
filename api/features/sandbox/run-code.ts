import type { Language, OutputChunk, RunOutcome } from '#sandbox/sandbox.ts'
import { chooseServerSandbox } from '#sandbox/server/choose.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { clippedMiddle } from './clipped-middle.ts'

export type Program = {
  language: Language
  code: string
  stdin: string
  timeoutMs: number
  files: Readonly<Record<string, string>>
}

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
  detail?: string
}

/** Characters of each stream a model gets to read; the middle of more is left out, and the text says so. */
const streamCharacters = 12_000

/** Runs a program in this machine's sandbox, in a session of its own. Throws unavailable where there is no safe place. */
export async function runCode(program: Program, signal: AbortSignal): Promise<RunText> {
  const choice = await chooseServerSandbox()
  if (choice.state === 'none') {
    throw new AppError('unavailable', 'Code cannot be run on this machine.', { fix: choice.reason })
  }
  const booted = await choice.sandbox.boot({ limits: { timeMs: program.timeoutMs } })
  if (booted.state === 'unavailable') {
    throw new AppError('unavailable', 'Code cannot be run on this machine.', { fix: booted.reason })
  }
  const { session } = booted
  const chunks: OutputChunk[] = []
  session.onOutput((chunk) => void chunks.push(chunk))
  try {
    for (const [path, text] of Object.entries(program.files)) session.files.write(path, text)
    const before = new Map(session.files.list().map((path) => [path, session.files.read(path)]))
    const { language, code, stdin } = program
    const { limitsMet, ...outcome } = await session.run({ language, code, stdin, signal })
    signal.throwIfAborted()
    const written = session.files.list().filter((path) => session.files.read(path) !== before.get(path))
    const sizes = written.map((path) => [path, session.files.read(path)?.length ?? 0] as const)
    return {
      ...describe(outcome),
      stdout: textOf(chunks, 'stdout'),
      stderr: textOf(chunks, 'stderr'),
      ...(sizes.length > 0 && { files: Object.fromEntries(sizes) }),
      ...(limitsMet && { limits_met: limitsMet }),
    }
  } finally {
    // The next program, which often follows soon, finds a runtime that has started.
    session.prepare(program.language)
    session.dispose()
  }
}

function describe(outcome: RunOutcome): Omit<RunText, 'stdout' | 'stderr'> {
  const { kind: status } = outcome
  switch (outcome.kind) {
    case 'completed':
      return { status, exit_code: 0, ...(outcome.value !== null && { detail: `default export: ${outcome.value}` }) }
    case 'exited':
      return { status, exit_code: outcome.exitCode }
    case 'failed': {
      const { name, message, stack, at } = outcome.error
      const place = at && stack === '' ? ` (${at.file}:${at.line}:${at.column})` : ''
      return { status, error: stack === '' ? `${name}: ${message}${place}` : stack }
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
      return { status, detail: outcome.reason }
    default:
      return outcome satisfies never
  }
}

function textOf(chunks: readonly OutputChunk[], stream: OutputChunk['stream']): string {
  const text = chunks.filter((chunk) => chunk.stream === stream).map((chunk) => chunk.text)
  return clippedMiddle(text.join(''), streamCharacters)
}
