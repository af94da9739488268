import { once } from 'node:events'
import type { Request, RequestHandler, Response } from 'express'
import { AppError } from '#shared/kernel/app-error.ts'
import { OrgId } from '#shared/kernel/ids.ts'
import type { Permission } from '#shared/policies.ts'
import { type OrgContext, requireMay } from '../actor.ts'
import type { Db } from '../db.ts'
import type { Asides } from '../presence/asides.ts'
import { inOrg, noSuchOrg, type RequestContext, signInFirst } from '../trpc.ts'
import type { Frame } from './log.ts'
import { requireStreamRoom } from './stream-room.ts'
import type { Tail } from './tail.ts'
import type { Words } from './words.ts'

/** Somebody signed in, by a session, or a key. */
export type Listener = Pick<RequestContext, 'user' | 'machine' | 'origin'> & { sessionId: string | null }

export type StreamOptions = {
  db: Db
  tail: Tail
  words: Words
  asides: Asides
  /** Who asks, by the session's cookie or a key. */
  whoAsks(req: Request): Promise<Listener>
  onError(error: unknown): void
  /** What may wait for a slow client before it is cut off; it comes back with Last-Event-ID. */
  bufferBytes?: number
  heartbeatMs?: number
  recheckMs?: number
}

export type EventStream = {
  handler: RequestHandler<{ orgId: string }>
  /** Ends the streams of a session that was signed out. */
  closeSession(sessionId: string): void
  closeAll(): void
}

type Open = {
  res: Response
  req: Request
  orgId: OrgId
  listener: Listener
  ended: AbortController
  hearsWords: boolean
  hearsAsides: boolean
}

/** What may take away somebody's right to listen; on every node its streams are asked at once. */
const endsAccess = /^(key|member|org)\.(revoked|removed|left|role-changed|deleted)$/
/** Behind by more than this, a client gets no words and no asides. */
const lagBytes = 64 * 1024

/** `GET /events/:orgId`: the org's events as server-sent events after `Last-Event-ID`, or `?after=SEQ`, or from now on. */
export function createEventStream(options: StreamOptions): EventStream {
  const { db, tail, words, asides, whoAsks, onError, bufferBytes = 1024 * 1024, heartbeatMs = 15_000 } = options
  const heartbeat = beatEvery(heartbeatMs)
  const streams = new Set<Open>()

  const every = (ms: number, work: (stream: Open) => void) =>
    setInterval(() => {
      for (const stream of streams) work(stream)
    }, ms).unref()
  const beat = every(heartbeatMs, ({ res }) => {
    if (res.writableLength === 0 && !res.writableEnded) res.write(heartbeat)
  })
  const recheck = every(options.recheckMs ?? 30_000, (stream) => recheckNow(stream))

  const mayStillListen = async ({ req, orgId, listener }: Open): Promise<OrgContext> => {
    const now = await whoAsks(req)
    if (now.sessionId !== listener.sessionId) throw new AppError('unauthenticated', 'The session has ended.')
    const context = await inOrg({ db, ...now }, orgId)
    requireMay(context, 'orgs.read')
    return context
  }

  const recheckNow = (stream: Open) => {
    const asked = mayStillListen(stream).then((context) => {
      Object.assign(stream, whatIsHeard(context))
    })
    asked.catch((error) => {
      stream.res.end()
      if (!(error instanceof AppError)) onError(error)
    })
  }

  const open = async (req: Request<{ orgId: string }>, res: Response) => {
    const listener = await whoAsks(req)
    if (!listener.user && !listener.machine) throw signInFirst()
    const parsed = OrgId.safeParse(req.params.orgId)
    if (!parsed.success) throw noSuchOrg()
    const orgId = parsed.data
    const context = await inOrg({ db, ...listener }, orgId)
    requireMay(context, 'orgs.read')
    const after = startOf(req) ?? (await tail.head(orgId))
    requireStreamRoom(streams, { orgId, listener })
    const stream = { req, res, orgId, listener, ended: new AbortController(), ...whatIsHeard(context) }
    res.once('close', () => {
      streams.delete(stream)
      stream.ended.abort()
    })
    if (res.destroyed) return
    streams.add(stream)
    res.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    })
    res.write(heartbeat)
    const heed = (frames: readonly Frame[]) => {
      if (frames.some(({ type }) => endsAccess.test(type))) recheckNow(stream)
    }
    const follower = {
      live: (frames: readonly Frame[]) => {
        write(stream, joined(frames), bufferBytes)
        heed(frames)
      },
      take: async (frames: readonly Frame[]) => {
        await writePatiently(stream, joined(frames))
        heed(frames)
      },
    }
    words.follow(orgId, (bytes) => stream.hearsWords && writeBeside(stream, bytes), stream.ended.signal)
    asides.follow(orgId, (bytes) => stream.hearsAsides && writeBeside(stream, bytes), stream.ended.signal)
    await tail.follow(orgId, after, follower, stream.ended.signal)
  }

  return {
    handler: (req, res, next) => {
      open(req, res).catch((error) => {
        if (!res.headersSent) return next(error)
        onError(error)
        res.destroy()
      })
    },
    closeSession(sessionId) {
      for (const { listener, res } of streams) if (listener.sessionId === sessionId) res.end()
    },
    closeAll() {
      clearInterval(beat)
      clearInterval(recheck)
      for (const { res } of streams) res.end()
    },
  }
}

/**
 * The first word of a stream, and then a sign of life after so many milliseconds: who hears it knows how long a silence is
 * none of ours. It is no comment, because a browser keeps those to itself.
 */
function beatEvery(ms: number): Buffer {
  return Buffer.from(`event: beat\ndata: ${ms}\n\n`)
}

/** Words are contents of work, and asides of files, which whoever may listen need not be allowed to read. */
function whatIsHeard(context: OrgContext): Pick<Open, 'hearsWords' | 'hearsAsides'> {
  return { hearsWords: may(context, 'delegations.read'), hearsAsides: may(context, 'files.read') }
}

function may(context: OrgContext, permission: Permission): boolean {
  try {
    requireMay(context, permission)
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/** To a client that lags it is not written at all: it shows the recorded answer, or reads the draft, when it comes to it. */
function writeBeside({ res }: Open, bytes: Buffer): void {
  if (res.writableEnded || res.destroyed || res.writableLength > lagBytes) return
  res.write(bytes)
}

/** A client that still has not taken what came before is cut off rather than kept in memory. */
function write({ res }: Open, bytes: Buffer, bufferBytes: number): void {
  if (res.writableEnded || res.destroyed) return
  if (res.writableLength > bufferBytes) res.destroy()
  if (!res.destroyed) res.write(bytes)
}

/** The past may be longer than any buffer: a page at a time, as fast as the client reads. */
async function writePatiently({ res, ended }: Open, bytes: Buffer): Promise<void> {
  if (res.writableEnded || res.destroyed || res.write(bytes)) return
  const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(30_000)])
  await once(res, 'drain', { signal }).catch(() => res.destroy())
}

const batches = new WeakMap<readonly Frame[], Buffer>()

/** All who are live get the same list, so its bytes are put together once. */
function joined(frames: readonly Frame[]): Buffer {
  const known = batches.get(frames)
  if (known) return known
  const bytes = Buffer.concat(frames.map((frame) => frame.bytes))
  batches.set(frames, bytes)
  return bytes
}

function startOf(req: Request): number | undefined {
  const given = req.get('last-event-id') ?? req.query.after
  if (given === undefined || given === '') return undefined
  const seq = typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : undefined
  if (seq !== undefined) return seq
  throw new AppError('bad-input', 'The place in the log must be a number from 0 on.', { field: 'after' })
}
