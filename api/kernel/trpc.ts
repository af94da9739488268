import { initTRPC, TRPCError } from '@trpc/server'
import { z } from 'zod'
import { ActId } from '#shared/acts/contract.ts'
import { AppError, type ErrorCode, type ErrorShape } from '#shared/kernel/app-error.ts'
import { OrgId, type UserId } from '#shared/kernel/ids.ts'
import { Role } from '#shared/orgs/contract.ts'
import type { Actor, OrgContext, Origin } from './actor.ts'
import { callAcrossOrgs, type Db } from './db.ts'
import { classOf } from './limits/endpoint-class.ts'
import { throughGate } from './limits/through-gate.ts'
import type { Key } from './machines/find-key.ts'
import { redactorOf } from './redact/redactor-of.ts'
import { isRefusal, tellRefusal } from './refusals.ts'
import { sql } from './sql.ts'

/**
 * Made per request: `user` by the session's cookie, or `machine` by an API key; neither where nobody has signed in. `origin`
 * says from where it came.
 */
export type RequestContext = {
  db: Db
  user: { id: UserId; name: string } | null
  machine?: Key | undefined
  origin?: Origin | undefined
  /** The session was recalled and not looked up: whether it still holds is asked together with the role. */
  isRecalled?: boolean | undefined
}

const t = initTRPC.context<RequestContext>().create({
  isDev: false,
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    // What we did not foresee may say anything; the log has it.
    message: error.code === 'INTERNAL_SERVER_ERROR' ? 'The server could not do this.' : shape.message,
    data: { ...shape.data, appError: toErrorShape(error.cause) },
  }),
})

export const router = t.router
export const createCaller = t.createCallerFactory

/** Each closed code as tRPC's; the reverse of an HTTP status is never needed: clients read `data.appError`. */
const trpcCodes = {
  'bad-input': 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  conflict: 'CONFLICT',
  busy: 'CONFLICT',
  'too-large': 'PAYLOAD_TOO_LARGE',
  'rate-limited': 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<ErrorCode, string>

/** Without anybody who asks nothing is even parsed beyond the envelope. */
const answered = t.procedure.use(async ({ ctx, next }) => {
  if (!ctx.user && !ctx.machine) throw asTrpcError(signInFirst())
  const result = await next({ ctx })
  if (result.ok) return result
  if (result.error.cause instanceof AppError) throw asTrpcError(result.error.cause)
  if (result.error.cause instanceof z.ZodError) throw asTrpcError(fromZod(result.error.cause))
  return result
})

/** People who signed in, and keys. */
export const callerProcedure = answered.use(async ({ ctx, next }) => {
  await requireHolding(ctx)
  return await next({ ctx })
})

/** Signed-in people only: what concerns them beyond one org, where no key reaches. */
export const userProcedure = callerProcedure.use(async ({ ctx, next }) => {
  if (!ctx.user) throw new AppError('forbidden', 'A key may not do this.', { fix: 'Sign in and do it yourself.' })
  return await next({ ctx: { ...ctx, user: ctx.user } })
})

/**
 * People and keys acting in one org. An org that is not theirs answers not-found, as one that does not exist. A page may
 * choose the id of what it does (`asAct`): so it can name just that to be undone, whatever was done since.
 */
export const orgProcedure = answered
  .input(z.object({ orgId: OrgId, asAct: ActId.optional() }))
  .use(async ({ ctx, input, next, type, path, signal }) => {
    const { db, origin } = ctx
    const { orgId, asAct } = input
    const find = async () => ({ ...(await inOrg(ctx, orgId)), ...(asAct && { actId: asAct }) })
    return await throughGate({ db, orgId, origin, signal, kind: classOf(path, type) }, find, async (org) => {
      const result = await next({ ctx: { org } })
      if (result.ok) return result
      const { cause } = result.error
      if (type === 'mutation' && isRefusal(cause)) await tellRefusal(org, path)
      if (cause instanceof AppError || cause instanceof z.ZodError) throw asTrpcError(await masked(org, cause))
      return result
    })
  })

/** Words for a person may quote what was asked, and that may be a secret. The texts of a conflict are the person's own. */
async function masked({ db, orgId }: OrgContext, thrown: AppError | z.ZodError): Promise<AppError> {
  const error = thrown instanceof AppError ? thrown : fromZod(thrown)
  const { code, message, field, fix, data, cause } = error
  const redactor = await redactorOf(db, orgId).catch(() => undefined)
  // Where nobody can say what is secret, nothing that was quoted goes out.
  if (!redactor) return new AppError(code, 'The server could not do this, and cannot say why at the moment.', { cause })
  if (redactor.isEmpty) return error
  return new AppError(code, redactor.text(message), {
    ...redactor.json({ ...(field && { field }), ...(fix && { fix }) }),
    ...(data && { data }),
    cause,
  })
}

/** The context in which whoever asks acts in that org; throws not-found for one that is not theirs. */
export async function inOrg(context: RequestContext, orgId: OrgId): Promise<OrgContext> {
  const { db, user, machine, origin } = context
  if (machine) {
    if (machine.orgId !== orgId) throw noSuchOrg()
    return { db, orgId, actor: actorOf(machine), origin }
  }
  if (!user) throw signInFirst()
  const sessionId = recalledSession(context)
  if (sessionId === undefined) return { ...(await personInOrg(db, orgId, user)), origin }
  const [found] = await callAcrossOrgs<{ role: string | null }>(
    db,
    sql`select role from role_in_session(${sessionId}, ${user.id}, ${orgId})`,
  )
  if (!found) throw signInFirst()
  return { ...asPerson(db, orgId, user, found.role), origin }
}

function actorOf({ keyId, permissions, person, name, role }: Key): Actor {
  if (!person) return { kind: 'key', keyId, name, role, permissions }
  return { kind: 'person', userId: person.id, name: person.name, role, key: { keyId, permissions } }
}

export function signInFirst(): AppError {
  return new AppError('unauthenticated', 'Sign in first.', { fix: 'Open the sign-in link.' })
}

export function noSuchOrg(): AppError {
  return new AppError('not-found', 'There is no such organisation.')
}

/** The context of a person's act in an org; throws not-found for an org that is not theirs. */
export async function personInOrg(db: Db, orgId: OrgId, user: { id: UserId; name: string }): Promise<OrgContext> {
  const [found] = await callAcrossOrgs<{ role: string | null }>(
    db,
    sql`select role_in_org(${user.id}, ${orgId}) as role`,
  )
  return asPerson(db, orgId, user, found?.role)
}

function asPerson(db: Db, orgId: OrgId, user: { id: UserId; name: string }, given: unknown): OrgContext {
  const role = Role.safeParse(given)
  if (!role.success) throw noSuchOrg()
  return { db, orgId, actor: { kind: 'person', userId: user.id, name: user.name, role: role.data } }
}

async function requireHolding(context: RequestContext): Promise<void> {
  const sessionId = recalledSession(context)
  if (sessionId === undefined) return
  const [found] = await callAcrossOrgs<{ holds: boolean }>(
    context.db,
    sql`select session_holds(${sessionId}, ${context.user?.id}) as holds`,
  )
  if (!found?.holds) throw signInFirst()
}

function recalledSession({ isRecalled, origin }: RequestContext): string | undefined {
  return isRecalled && origin?.proof?.kind === 'session' ? origin.proof.id : undefined
}

function fromZod(error: z.ZodError): AppError {
  const [issue] = error.issues
  return new AppError('bad-input', issue?.message ?? 'The input is not valid.', {
    field: issue?.path.join('.') ?? '',
    cause: error,
  })
}

export function toErrorShape(cause: unknown): ErrorShape | null {
  if (cause instanceof z.ZodError) return toErrorShape(fromZod(cause))
  if (!(cause instanceof AppError)) return null
  const { code, message, field, fix, data } = cause
  return { code, message, field, fix, data: data && { ...data } }
}

function asTrpcError(cause: AppError): TRPCError {
  return new TRPCError({ code: trpcCodes[cause.code], message: cause.message, cause })
}
