import { createHash, randomBytes } from 'node:crypto'
import { AppError } from '#shared/kernel/app-error.ts'
import { isMailConfigured, sendMail } from '../mail/send-mail.ts'
import { limits } from './limits.ts'
import type { Parts } from './parts.ts'
import { writePassword } from './passwords.ts'
import { findPersonByEmail, type Person, readNewPassword } from './people.ts'
import { endOtherSessions } from './sessions.ts'

const linkMinutes = 30

type Pool = Parts['pool']

/**
 * Sends a link to the address, if it has an account. What comes back, and when, is the same for an address nobody has: the
 * mail goes out after the answer.
 */
export async function requestPasswordReset(
  parts: Parts,
  email: string,
  { address, baseUrl }: { address: string; baseUrl: string },
): Promise<void> {
  await parts.attempts.spend(limits.resetByAddress, address)
  if (!isMailConfigured()) {
    throw new AppError('unavailable', 'This server sends no mail.', {
      fix: 'Ask who runs it: the command delegraph reset-password makes a link for you.',
    })
  }
  mailLink(parts, email, baseUrl).catch(parts.onError)
}

async function mailLink({ pool, attempts }: Parts, email: string, baseUrl: string): Promise<void> {
  const person = await findPersonByEmail(pool, email)
  if (!person) return
  const isMore = await attempts.spend(limits.resetByAccount, person.id).then(
    () => false,
    () => true,
  )
  if (isMore) return
  const link = resetLink(baseUrl, await createResetToken(pool, person, { isMailed: true }))
  await sendMail({
    to: person.email,
    subject: 'Choose a new password for Delegraph',
    text: `Hello ${person.name},

somebody, probably you, asked for a new password for this address. Choose it here, within ${linkMinutes} minutes:

${link}

If it was not you, nothing needs to be done: your password stays as it is.
`,
  })
}

/** A link's token. It is given to the caller and kept nowhere; the database has only its hash. */
export async function createResetToken(
  pool: Pool,
  person: Pick<Person, 'id'> & { email: string },
  { isMailed }: { isMailed: boolean },
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await pool.query(`delete from password_resets where expires_at < now() - interval '1 day'`)
  // Locked: an address that is changed at this moment is not the one the link will prove.
  await pool.query(
    `insert into password_resets (token_hash, user_id, is_mailed, expires_at)
     select $1, "id", $3, now() + make_interval(mins => $4) from "user" where "id" = $2 and "email" = $5 for share`,
    [hashOf(token), person.id, isMailed, linkMinutes, person.email],
  )
  return token
}

/** The token stands behind the #, which no server, log or referrer ever sees. */
export function resetLink(baseUrl: string, token: string): string {
  return `${baseUrl.replace(/\/$/, '')}/reset-password#token=${token}`
}

/** Uses the link up. Ends every session of the person, and every other link; gives the ids of the sessions. */
export async function resetPassword(parts: Parts, token: string, next: string, address: string): Promise<string[]> {
  await parts.attempts.spend(limits.linkByAddress, address)
  const password = readNewPassword(next)
  const { rows } = await parts.pool.query<{ user_id: string; is_mailed: boolean }>(
    `update password_resets set used_at = now()
      where token_hash = $1 and used_at is null and expires_at > now() returning user_id, is_mailed`,
    [hashOf(token)],
  )
  const [link] = rows
  if (!link) throw deadLink()
  await parts.attempts.giveBack(limits.linkByAddress, address)
  await parts.pool.query('update password_resets set used_at = now() where user_id = $1 and used_at is null', [
    link.user_id,
  ])
  await writePassword(parts, link.user_id, password)
  if (link.is_mailed) await proveAddress(parts.pool, link.user_id)
  return await endOtherSessions(parts.pool, link.user_id, null)
}

/**
 * Until now anybody may have typed this address in, and kept a way in for when its owner comes: whatever else signs in goes.
 * A second factor stays, for a mailbox alone must not turn one off.
 */
async function proveAddress(pool: Pool, userId: string): Promise<void> {
  const { rowCount } = await pool.query(
    `update "user" set "emailVerified" = true where "id" = $1 and not "emailVerified"`,
    [userId],
  )
  if (rowCount === 0) return
  await pool.query('delete from "passkey" where "userId" = $1', [userId])
  await pool.query(`delete from "account" where "userId" = $1 and "providerId" <> 'credential'`, [userId])
}

function deadLink(): AppError {
  return new AppError('unauthenticated', 'This link was used, has expired or is not known here.', {
    fix: 'Ask for a new one.',
  })
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
