import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { uuidv7 } from '../uuid.ts'

/** Gives the request an id, and a line in the log when it is done: never what was asked or answered. */
export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    const id = uuidv7()
    const start = performance.now()
    res.set('X-Request-Id', id)
    const { method, path } = req
    res.once('close', () => {
      const ms = Math.round(performance.now() - start)
      const line = { id, method, path: path.slice(0, 200), status: res.statusCode, ms }
      if (res.statusCode >= 500) log.error(line, 'request')
      else if (/^\/(api|events)\//.test(path)) log.info(line, 'request')
    })
    next()
  }
}
