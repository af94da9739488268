import type { WorkerMessage } from './inside/protocol.ts'

/** What comes out of the sandbox is untrusted: anything but the known shapes is nothing. */
export function parseWorkerMessage(data: unknown): WorkerMessage | null {
  if (!isRecord(data)) return null
  const { type, stream, text, value, name, message, stack } = data
  if (type === 'output' && (stream === 'stdout' || stream === 'stderr') && typeof text === 'string') {
    return { type, stream, text }
  }
  if (type === 'completed' && (value === null || typeof value === 'string')) return { type, value }
  if (type === 'output-limit') return { type }
  if (type === 'failed' && typeof name === 'string' && typeof message === 'string' && typeof stack === 'string') {
    return { type, name, message, stack }
  }
  return null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
