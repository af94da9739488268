import { createServer, type RequestListener, type Server } from 'node:http'
import { createExpressMiddleware } from '@trpc/server/adapters/express'
import compression from 'compression'
import express, { type Express, type Request, type RequestHandler } from 'express'
import type { Logger } from 'pino'
import {
  frameHeaders,
  framePage,
  framePath,
  previewFramePage,
  previewHeaders,
  previewPath,
} from '#sandbox/server/frame-page.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { auditRoutes } from './features/audit/routes.ts'
import { chatRoutes } from './features/chat/routes.ts'
import { invitationRoutes } from './features/orgs/invitation-routes.ts'
import { snapshotRoutes } from './features/snapshots/routes.ts'
import { templateRoutes } from './features/templates/routes.ts'
import { type Db, ping } from './kernel/db.ts'
import type { EventStream } from './kernel/events/stream.ts'
import { acceptJson, bodyLimitBytes } from './kernel/http/accept-json.ts'
import { answerErrors, notFound } from './kernel/http/answer-errors.ts'
import { type Caller, type Callers, originOf } from './kernel/http/callers.ts'
import { pythonParts } from './kernel/http/python-parts.ts'
import { requestLog } from './kernel/http/request-log.ts'
import { sameSiteGuard } from './kernel/http/same-site-guard.ts'
import { framesOf, sandboxSettings, sandboxSettingsRoute } from './kernel/http/sandbox-settings.ts'
import { replaceHeaders, securityHeaders } from './kernel/http/security-headers.ts'
import { webApp } from './kernel/http/web-app.ts'
import { accountRoutes } from './kernel/identity/account-routes.ts'
import type { Identity } from './kernel/identity/identity.ts'
import { oidcReturn } from './kernel/identity/oidc/routes.ts'
import { identityRoutes } from './kernel/identity/routes.ts'
import { agentRoutes } from './protocols/agent/routes.ts'
import { appRouter } from './router.ts'

export type AppParts = {
  db: Db
  identity: Identity
  callers: Callers
  stream: EventStream
  log: Logger
  /** Told after a person signed in. */
  onSignIn(user: Identity['owner']): void
  /** One more origin that is ours: the developer's web server. */
  devOrigin?: string | undefined
  /** Address of the one proxy whose word about addresses is taken. */
  trustedProxy?: string | undefined
}

/** Everything that answers on our port, in the order in which a request meets it. */
export function createApp(appParts: AppParts): Express {
  const { db, identity, callers, stream, log, onSignIn, devOrigin, trustedProxy } = appParts
  const app = express()
  app.disable('x-powered-by').set('query parser', 'simple')
  const settings = sandboxSettings()
  app.use(
    requestLog(log),
    securityHeaders(framesOf(settings)),
    sameSiteGuard({ devOrigin, publicUrl: identity.parts.config.publicUrl }),
  )
  app.get('/health', async (_req, res) => {
    const isUp = await answersInTime(db)
    res
      .status(isUp ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: isUp ? 'ok' : 'down' })
  })
  const addressOf = (req: Request) => originOf(req, trustedProxy).address ?? 'unknown'
  app.use('/api', identityRoutes({ identity, onSignIn, onSignOut: stream.closeSession, addressOf }))
  app.use('/api', accountRoutes({ identity, onSignOut: stream.closeSession, addressOf }))
  app.use(oidcReturn({ identity, addressOf }))
  app.use('/api', invitationRoutes({ db, callers, identity }))
  app.use(
    '/api',
    auditRoutes({ db, callers }),
    snapshotRoutes({ db, callers }),
    chatRoutes({ db, callers }),
    templateRoutes({ db, callers, log }),
  )
  app.use('/api/agent', agentRoutes({ db, callers }))
  app.use('/api/trpc', acceptJson, compression(), trpc(db, callers, log))
  app.get('/events/:orgId', stream.handler)
  app.get(framePath, (_req, res) => {
    replaceHeaders(res, frameHeaders)
    res.end(page)
  })
  app.get(previewPath, (_req, res) => {
    replaceHeaders(res, previewHeaders)
    res.end(preview)
  })
  app.use(pythonParts(), sandboxSettingsRoute(settings))
  app.use(compression(), webApp())
  app.use(notFound, answerErrors(log))
  return app
}

const page = framePage()
const preview = previewFramePage()

function trpc(db: Db, callers: Callers, log: Logger): RequestHandler {
  const callersOf = new WeakMap<Request, Caller>()
  const answer = createExpressMiddleware({
    router: appRouter,
    // A question can be too long for an address, e.g. what moving forty workspaces would change.
    allowMethodOverride: true,
    maxBodySize: bodyLimitBytes,
    createContext: async ({ req, res }) => {
      const { setCookies = [], sessionId: _, ...caller } = callersOf.get(req) ?? { user: null }
      if (setCookies.length > 0) res.append('Set-Cookie', setCookies)
      if (!caller.user) return { db, ...caller }
      res.set(personHeader, caller.user.id)
      return { db, ...caller, user: isPageOf(caller.user.id, req) ? caller.user : null }
    },
    responseMeta: ({ errors }) => ({ headers: { 'Cache-Control': 'no-store', ...retryAfter(errors) } }),
    onError: ({ error, path }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR') log.error({ err: error.cause ?? error, call: path }, 'defect')
    },
  })
  // Known before anything of the body is read; and a key that does not hold is refused as on every other route.
  return async (req, res, next) => {
    callersOf.set(req, await callers.whoSeemsToAsk(req))
    await answer(req, res, next)
  }
}

/** A page says whose it is: what one person left open in a browser does nothing in the name of the next who signs in. */
const personHeader = 'Delegraph-Person'

function isPageOf(userId: string, req: Request): boolean {
  const claimed = req.get(personHeader)
  return claimed === undefined || claimed === userId
}

/** When the latest of what was refused may be asked again. */
function retryAfter(errors: readonly { cause?: unknown }[]): Record<string, string> {
  const waits = errors.flatMap(({ cause }) => {
    const wait = cause instanceof AppError && cause.code === 'rate-limited' ? cause.data?.retryAfterSeconds : undefined
    return typeof wait === 'number' ? [Math.max(1, Math.ceil(wait))] : []
  })
  return waits.length > 0 ? { 'Retry-After': `${Math.max(...waits)}` } : {}
}

async function answersInTime(db: Db): Promise<boolean> {
  const tooLate = AbortSignal.timeout(2_000)
  const late = new Promise<never>((_, reject) => tooLate.addEventListener('abort', () => reject(tooLate.reason)))
  return await Promise.race([ping(db), late]).then(
    () => true,
    () => false,
  )
}

/** A server that listens already and answers "starting" until it is given its app, so that a taken port is known at once. */
export async function listen(
  port: number,
  host: string,
): Promise<{ server: Server; port: number; serve(app: RequestListener): void }> {
  let app: RequestListener = starting
  const server = createServer((req, res) => app(req, res))
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('listening', resolve).once('error', (error) => reject(inWords(error, port, host)))
  server.listen(port, host)
  await promise
  const address = server.address()
  const given = typeof address === 'object' && address ? address.port : port
  return {
    server,
    port: given,
    serve(next) {
      app = next
    },
  }
}

const starting: RequestListener = (_req, res) => {
  res.writeHead(503, { 'Content-Type': 'application/json', 'Retry-After': '1' }).end('{"status":"starting"}')
}

function inWords(error: Error, port: number, host: string): Error {
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new AppError('conflict', `Port ${port} is in use by another program.`, {
      field: 'port',
      fix: 'Name another port with --port, or any free one with --port 0.',
      cause: error,
    })
  }
  if (code === 'EACCES') {
    return new AppError('forbidden', `Port ${port} may not be used by this user.`, {
      field: 'port',
      fix: 'Name a port from 1024 on with --port.',
      cause: error,
    })
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new AppError('bad-input', `This machine has no address ${host}.`, {
      field: 'host',
      fix: 'Leave out --host.',
      cause: error,
    })
  }
  return error
}
