import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'
import { AppError, type ErrorCode } from '#shared/kernel/app-error.ts'
import { toErrorShape } from '../trpc.ts'

const statuses: Record<ErrorCode, number> = {
  'bad-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  busy: 409,
  'too-large': 413,
  'rate-limited': 429,
  unavailable: 503,
}

export const notFound: RequestHandler = (_req, _res, next) => next(new AppError('not-found', 'There is nothing here.'))

/** The one place where an error becomes an answer. Clients read `error.data.appError`, on tRPC's routes and on all others. */
export function answerErrors(log: Logger): ErrorRequestHandler {
  return (thrown: unknown, req, res, _next) => {
    const error = asAppError(thrown)
    if (!error) log.error({ err: thrown, id: res.get('x-request-id'), method: req.method, path: req.path }, 'defect')
    if (res.headersSent) return void res.destroy()
    const status = error ? statuses[error.code] : 500
    const wait = error?.data?.retryAfterSeconds
    if (status === 429 && typeof wait === 'number') res.set('Retry-After', `${Math.max(1, Math.ceil(wait))}`)
    const message = error?.message ?? 'The server could not do this.'
    const data = { httpStatus: status, appError: toErrorShape(error) }
    res
      .status(status)
      .set('Cache-Control', 'no-store')
      .json({ error: { message, code: -32_000, data } })
  }
}

/** Express and its parsers say with a status what the client did wrong. */
function asAppError(thrown: unknown): AppError | undefined {
  if (thrown instanceof AppError) return thrown
  if (!(thrown instanceof Error && 'status' in thrown)) return undefined
  if (thrown.status === 413) return tooLarge(thrown)
  if (thrown.status === 400) return new AppError('bad-input', 'The request cannot be read.', { cause: thrown })
  if (thrown.status === 404) return new AppError('not-found', 'There is nothing here.', { cause: thrown })
  return undefined
}

export function tooLarge(cause?: unknown): AppError {
  return new AppError('too-large', 'The request is larger than 12 MB.', { fix: 'Send less at once.', cause })
}
