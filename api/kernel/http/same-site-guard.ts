import type { Request, RequestHandler } from 'express'
import { AppError } from '#shared/kernel/app-error.ts'
import { bearerOf } from './bearer.ts'

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']
const readOnly = new Set(['GET', 'HEAD', 'OPTIONS'])
/** What only our own page has a reason to ask for; anything else may be opened from a link. */
const oursOnly = /^\/(api|events|sandbox-frame)(\/|$)/i

/**
 * Answers only to our own names, and only to our own pages. Any page a browser has open can send requests to loopback, and
 * any name can be made to point at it. Beside loopback that is where people reach us (`publicUrl`), and for developers the web
 * server that stands before us.
 */
export function sameSiteGuard({ devOrigin, publicUrl }: AlsoOurs): RequestHandler {
  const origins = new Map<string, string>()
  for (const url of [devOrigin, publicUrl]) if (url) origins.set(new URL(url).host, new URL(url).origin)
  return (req, _res, next) => next(refusal(req, origins))
}

type AlsoOurs = { devOrigin?: string | undefined; publicUrl?: URL | null }

/** `origins` are those of our hosts that are not loopback. */
function refusal(req: Request, origins: ReadonlyMap<string, string>): AppError | undefined {
  const host = req.headers.host?.toLowerCase()
  if (!host || !(isOurHost(host, req.socket.localPort) || origins.has(host))) {
    return new AppError('forbidden', 'This server does not answer to that name.', {
      fix: 'Use the address that was printed at the start, with its port.',
    })
  }
  const { origin } = req.headers
  const isOurs = origin === (origins.get(host) ?? `http://${host}`)
  if (origin !== undefined && !isOurs) return new AppError('forbidden', 'Another site may not use this server.')
  // What no browser sends by itself needs no word on where it comes from; nor may another site's page send it.
  if (readOnly.has(req.method) || (origin === undefined && bearerOf(req) !== undefined)) return crossSiteRead(req)
  if (isOurs) return undefined
  return new AppError('forbidden', 'A change must say where it comes from.', {
    fix: 'Send the header Origin with the address of this server, or an API key.',
  })
}

function isOurHost(host: string, port: number | undefined): boolean {
  return loopbackNames.some((name) => host === `${name}:${port}` || (port === 80 && host === name))
}

function crossSiteRead(req: Request): AppError | undefined {
  const site = req.headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return undefined
  const isLink = req.headers['sec-fetch-mode'] === 'navigate' && req.headers['sec-fetch-dest'] === 'document'
  if (isLink && !oursOnly.test(req.path)) return undefined
  return new AppError('forbidden', 'Another site may not read from this server.')
}
