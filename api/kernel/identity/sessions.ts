import type pg from 'pg'
import type { SessionInfo } from '#shared/account/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { deviceOf } from './device-of.ts'

type SessionRow = { id: string; userAgent: string | null; createdAt: Date; updatedAt: Date }

/** Where somebody is signed in, the latest used first. `lastUsedAt` is true to the hour. */
export async function listSessions(pool: pg.Pool, userId: string, thisId: string): Promise<SessionInfo[]> {
  const { rows } = await pool.query<SessionRow>(
    `select "id", "userAgent", "createdAt", "updatedAt" from "session"
      where "userId" = $1 and "expiresAt" > now() order by "updatedAt" desc, "id" limit 200`,
    [userId],
  )
  return rows.map(({ id, userAgent, createdAt, updatedAt }) => ({
    ...{ id, device: deviceOf(userAgent), isThis: id === thisId },
    ...{ createdAt: createdAt.toISOString(), lastUsedAt: updatedAt.toISOString() },
  }))
}

export async function endSession(pool: pg.Pool, userId: string, sessionId: string): Promise<void> {
  await dropConnecting(pool, userId)
  const { rowCount } = await pool.query(`delete from "session" where "userId" = $1 and "id" = $2`, [userId, sessionId])
  if (rowCount === 0) {
    throw new AppError('not-found', 'This session has ended already.', { fix: 'Nothing more is to be done.' })
  }
}

/** Everywhere but here; also what devices were told to ask no second factor. Gives the ids of what ended. */
export async function endOtherSessions(pool: pg.Pool, userId: string, thisId: string | null): Promise<string[]> {
  await dropConnecting(pool, userId)
  await pool.query(`delete from "verification" where "value" = $1 and "identifier" like 'trust-device-%'`, [userId])
  const { rows } = await pool.query<{ id: string }>(
    `delete from "session" where "userId" = $1 and "id" is distinct from $2 returning "id"`,
    [userId, thisId],
  )
  return rows.map(({ id }) => id)
}

/** Who was signed out must not come back from another provider with an account they began to connect before. */
export async function dropConnecting(pool: pg.Pool, userId: string): Promise<void> {
  await pool.query('delete from oidc_requests where user_id = $1', [userId])
}
