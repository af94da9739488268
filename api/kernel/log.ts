import { chmodSync, closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino, { type DestinationStream, type Logger } from 'pino'
import { redactAll } from './redact/redactor-of.ts'

const limitBytes = 10 * 1024 * 1024

/** The server's log, `logs/server.log` of the data folder, for its owner's eyes only. Holds no bodies, cookies or tokens. */
export function openLog(dataDir: string): Logger {
  const folder = join(dataDir, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'server.log')
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > limitBytes) renameSync(path, `${path}.1`)
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
  return pino(
    { base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: bare } },
    masking(pino.destination({ dest: path, sync: true })),
  )
}

/** Whatever is logged, and by whom: no line has a value that this process knows of. */
function masking(file: ReturnType<typeof pino.destination>): DestinationStream {
  return { write: (line) => void file.write(`${redactAll(line.trimEnd())}\n`) }
}

/** An error without the rows and parameters that database errors carry with them. */
function bare(error: unknown): unknown {
  if (!(error instanceof Error)) return { thrown: typeof error }
  const code = 'code' in error ? String(error.code) : undefined
  const cause = error.cause === undefined ? undefined : bare(error.cause)
  return { name: error.name, message: error.message, code, stack: error.stack, cause }
}
