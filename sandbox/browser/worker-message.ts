import type { RunError } from '../sandbox.ts'
import type { WorkerMessage } from './inside/protocol.ts'

/** What comes out of the sandbox is untrusted: anything but the known shapes is nothing. */
export function parseWorkerMessage(data: unknown): WorkerMessage | null {
  if (!isRecord(data)) return null
  const { type, stream, text, value, name, message, stack } = data
  if (type === 'output' && (stream === 'stdout' || stream === 'stderr') && typeof text === 'string') {
    return { type, stream, text }
  }
  if (type === 'completed' && (value === null || typeof value === 'string')) return { type, value }
  if (type === 'output-limit' || type === 'begun') return { type }
  if (type === 'exited' && Number.isSafeInteger(data.exitCode)) return { type, exitCode: Number(data.exitCode) }
  if (type === 'python-failed') {
    const error = parseError(data.error)
    return error && { type, phase: data.phase === 'compile' ? 'compile' : 'run', error }
  }
  if (type === 'failed' && typeof name === 'string' && typeof message === 'string' && typeof stack === 'string') {
    return { type, name, message, stack }
  }
  return null
}

function parseError(data: unknown): RunError | null {
  if (!isRecord(data)) return null
  const { name, message, stack, at } = data
  if (typeof name !== 'string' || typeof message !== 'string' || typeof stack !== 'string') return null
  if (!isRecord(at)) return { name, message, stack, at: null }
  const { file, line, column } = at
  const isPlace = typeof file === 'string' && typeof line === 'number' && typeof column === 'number'
  return { name, message, stack, at: isPlace ? { file, line, column } : null }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
