import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { AppError } from '#shared/kernel/app-error.ts'

const linkMinutes = 15

/** A token that signs this person in once. It is given to the caller and kept nowhere; the database has only its hash. */
export async function createSignInToken(pool: pg.Pool, userId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await pool.query(`delete from sign_in_links where expires_at < now() - interval '1 day'`)
  await pool.query(
    `insert into sign_in_links (token_hash, user_id, expires_at) values ($1, $2, now() + make_interval(mins => $3))`,
    [hashOf(token), userId, linkMinutes],
  )
  return token
}

/** Uses the token up and gives whom it signs in. Of two at the same moment one wins. */
export async function claimSignInToken(pool: pg.Pool, token: string): Promise<string> {
  const claimed = await pool.query<{ user_id: string }>(
    `update sign_in_links set used_at = now()
      where token_hash = $1 and used_at is null and expires_at > now() returning user_id`,
    [hashOf(token)],
  )
  const userId = claimed.rows[0]?.user_id
  if (userId) return userId
  const found = await pool.query<{ used_at: Date | null }>(`select used_at from sign_in_links where token_hash = $1`, [
    hashOf(token),
  ])
  throw refusal(found.rows[0])
}

function refusal(link: { used_at: Date | null } | undefined): AppError {
  const fix = 'Start Delegraph again: it prints a new link each time.'
  if (!link) return new AppError('unauthenticated', 'This sign-in link is not known here.', { fix })
  if (link.used_at) return new AppError('unauthenticated', 'This sign-in link was used already.', { fix })
  return new AppError('unauthenticated', `This sign-in link has expired: it is good for ${linkMinutes} minutes.`, {
    fix,
  })
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
