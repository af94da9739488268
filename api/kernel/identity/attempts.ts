import { createHmac } from 'node:crypto'
import type pg from 'pg'
import { AppError } from '#shared/kernel/app-error.ts'

/** So often in so many seconds. */
export type Limit = { name: string; most: number; seconds: number }

export type Attempts = {
  /** Takes one from what is left for this subject; throws `rate-limited` when there is none. */
  spend(limit: Limit, subject: string): Promise<void>
  /** True for the first of a time only: for what may be used once. */
  isFirst(limit: Omit<Limit, 'most'>, subject: string): Promise<boolean>
  giveBack(limit: Limit, subject: string): Promise<void>
  forget(limit: Limit, subject: string): Promise<void>
}

/** Counts in the database, so that all servers count together. Spent before the work is done: many at once get no more. */
export function createAttempts(pool: pg.Pool, secret: string): Attempts {
  const keyOf = (name: string, subject: string) =>
    createHmac('sha256', secret).update(`attempts\n${name}\n${subject}`).digest()

  const spend = async ({ name, seconds }: Omit<Limit, 'most'>, subject: string) => {
    const { rows } = await pool.query<{ used: number; wait: number }>(
      `insert into attempts as a (key, used, resets_at) values ($1, 1, now() + make_interval(secs => $2))
       on conflict (key) do update set
         used = case when a.resets_at <= now() then 1 else least(a.used + 1, 1000000) end,
         resets_at = case when a.resets_at <= now() then excluded.resets_at else a.resets_at end
       returning used, ceil(extract(epoch from resets_at - now()))::integer as wait`,
      [keyOf(name, subject), seconds],
    )
    const [row] = rows
    if (!row) throw new Error('an attempt was not counted')
    if (row.used === 1) await pool.query(`delete from attempts where resets_at < now() - interval '1 hour'`)
    return row
  }

  return {
    async spend(limit, subject) {
      const { used, wait } = await spend(limit, subject)
      if (used > limit.most) throw tooOften(wait)
    },
    isFirst: async (limit, subject) => (await spend(limit, subject)).used === 1,
    async giveBack({ name }, subject) {
      await pool.query('update attempts set used = greatest(used - 1, 0) where key = $1', [keyOf(name, subject)])
    },
    async forget({ name }, subject) {
      await pool.query('delete from attempts where key = $1', [keyOf(name, subject)])
    },
  }
}

function tooOften(wait: number): AppError {
  const minutes = Math.ceil(wait / 60)
  return new AppError('rate-limited', 'This was tried too often.', {
    fix: `Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    data: { retryAfterSeconds: wait },
  })
}
