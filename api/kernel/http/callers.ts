import type { Request } from 'express'
import { AppError } from '#shared/kernel/app-error.ts'
import type { Origin } from '../actor.ts'
import type { Db } from '../db.ts'
import type { Identity } from '../identity/identity.ts'
import { rememberSessions } from '../identity/remember-sessions.ts'
import { findAgent, type OutsideAgent } from '../machines/find-agent.ts'
import { findKey } from '../machines/find-key.ts'
import { kindOf } from '../machines/token.ts'
import { createUseNotes } from '../machines/use-notes.ts'
import type { RequestContext } from '../trpc.ts'
import { uuidv7 } from '../uuid.ts'
import { bearerOf, requireOneProof } from './bearer.ts'

/** Who asks, and from where: what every surface makes its contexts of. */
export type Caller = Pick<RequestContext, 'user' | 'machine' | 'isRecalled'> & {
  origin: Origin
  sessionId: string | null
  /** To send along, when the session was prolonged. */
  setCookies: string[]
}

export type Callers = {
  /** By the session's cookie or an API key; neither is a caller without a name. Throws for a key that does not hold. */
  whoAsks(req: Request): Promise<Caller>
  /** The same, where a session may be recalled: then it counts only for what asks the database whether it still holds. */
  whoSeemsToAsk(req: Request): Promise<Caller>
  /** The agent outside whose token is sent; everything else is refused. */
  whichAgent(req: Request): Promise<OutsideAgent & { origin: Origin }>
}

type Parts = {
  db: Db
  identity: Pick<Identity, 'whoIs'>
  onError(error: unknown): void
  /** Address of the one proxy whose word about addresses is taken. */
  trustedProxy?: string | undefined
}

export function createCallers({ db, identity, onError, trustedProxy }: Parts): Callers {
  const useNotes = createUseNotes(db, onError)
  const recalled = rememberSessions(identity.whoIs)
  const whoAsksBy =
    (whoIs: Identity['whoIs']) =>
    async (req: Request): Promise<Caller> => {
      const from = originOf(req, trustedProxy)
      const token = bearerOf(req)
      if (token === undefined) {
        const found = await whoIs(req.headers)
        const proof = found ? ({ kind: 'session', id: found.sessionId } as const) : null
        return {
          user: found?.user ?? null,
          origin: { ...from, proof },
          sessionId: found?.sessionId ?? null,
          setCookies: found?.setCookies ?? [],
        }
      }
      requireOneProof(req)
      const kind = kindOf(token)
      if (kind === 'dga') throw new AppError('forbidden', "An agent's token opens only /api/agent.")
      const key = kind && (await findKey(db, token))
      if (!key) throw unknownToken()
      useNotes.key(key)
      const origin: Origin = { ...from, proof: { kind: 'key', id: key.keyId } }
      return { user: null, machine: key, origin, sessionId: null, setCookies: [] }
    }
  return {
    whoAsks: whoAsksBy(identity.whoIs),
    whoSeemsToAsk: async (req) => ({ ...(await whoAsksBy(recalled)(req)), isRecalled: true }),
    async whichAgent(req) {
      const token = bearerOf(req)
      if (token === undefined) {
        throw new AppError('unauthenticated', "Send the agent's token.", { fix: 'Send Authorization: Bearer.' })
      }
      requireOneProof(req)
      const kind = kindOf(token)
      if (kind === 'dgk') throw new AppError('forbidden', "Only an agent's token opens this.")
      const agent = kind && (await findAgent(db, token))
      if (!agent) throw unknownToken()
      useNotes.token(agent)
      return { ...agent, origin: { ...originOf(req, trustedProxy), proof: { kind: 'token', id: agent.tokenId } } }
    },
  }
}

/** The same words for what was never made, was revoked or has expired. */
function unknownToken(): AppError {
  return new AppError('unauthenticated', 'This key is not valid.', { fix: 'Make a new one in the settings.' })
}

export function originOf(req: Request, trustedProxy: string | undefined): Omit<Origin, 'proof'> {
  const requestId = req.res?.get('x-request-id') ?? uuidv7()
  const socket = plain(req.socket.remoteAddress)
  const forwarded = req.get('x-forwarded-for')?.split(',').at(-1)?.trim()
  const isProxied = trustedProxy !== undefined && socket === trustedProxy && forwarded
  return {
    requestId,
    address: isProxied ? forwarded.slice(0, 60) : socket,
    client: req.get('user-agent')?.slice(0, 200) ?? null,
  }
}

/** An IPv4 address that came in over an IPv6 socket, as people know it. */
function plain(address: string | undefined): string | null {
  return address?.replace(/^::ffff:(?=\d+\.)/, '') ?? null
}
