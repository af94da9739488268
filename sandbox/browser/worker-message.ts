import type { RunError } from '../sandbox.ts'
import type { Answered } from './inside/node/http.ts'
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
  if (type === 'files' && data.written instanceof Map && Array.isArray(data.removed)) {
    const written = new Map<string, Uint8Array>()
    for (const [path, bytes] of data.written) {
      if (typeof path !== 'string' || !(bytes instanceof Uint8Array)) return null
      written.set(path, bytes)
    }
    return { type, written, removed: data.removed.map(String) }
  }
  if (type === 'listening' && isPort(data.port)) return { type, port: data.port, isOpen: data.isOpen === true }
  if (type === 'answered' && typeof data.id === 'number') {
    const answered = parseAnswered(data.answered)
    return answered && { type, id: data.id, answered }
  }
  if (type === 'failed' && typeof name === 'string' && typeof message === 'string' && typeof stack === 'string') {
    return { type, name, message, stack }
  }
  return null
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 65_536
}

function parseAnswered(data: unknown): Answered | null {
  if (!isRecord(data)) return null
  const { status, statusText, headers, body } = data
  if (typeof status !== 'number' || !(status >= 200 && status < 600) || !(body instanceof Uint8Array)) return null
  const pairs: [string, string][] = []
  for (const pair of Array.isArray(headers) ? headers : []) {
    if (Array.isArray(pair)) pairs.push([String(pair[0]), String(pair[1])])
  }
  return { status: Math.floor(status), statusText: String(statusText ?? ''), headers: pairs, body }
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
