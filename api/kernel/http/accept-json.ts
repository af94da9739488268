import type { RequestHandler } from 'express'
import { AppError } from '#shared/kernel/app-error.ts'
import { tooLarge } from './answer-errors.ts'

/** Room for a 10 MB file and its JSON quoting, so that what is too long is refused in words and not by a broken line. */
export const bodyLimitBytes = 12 * 1024 * 1024

/** Bodies are JSON and bounded; a form, which any site may send without being asked, is refused before it is read. */
export const acceptJson: RequestHandler = (req, _res, next) => {
  const length = Number(req.headers['content-length'] ?? 0)
  if (length > bodyLimitBytes) return next(tooLarge())
  const hasBody = length > 0 || req.headers['transfer-encoding'] !== undefined
  if (!hasBody || req.is('application/json')) return next()
  next(new AppError('bad-input', 'The body must be JSON.', { fix: 'Send Content-Type: application/json.' }))
}
