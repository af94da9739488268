import type { AccountInfo } from '#shared/account/contract.ts'
import type { SignedIn } from './identity.ts'
import { ownerEmail } from './owner.ts'
import type { Parts } from './parts.ts'
import { listPasskeys, passkeyOffer } from './passkeys.ts'
import { hasPassword, requirePassword } from './passwords.ts'
import { addressTaken, isDuplicate, readEmail, readName } from './people.ts'
import { signInAgain } from './refusals.ts'
import { countBackupCodes } from './second-factor.ts'
import { listSessions } from './sessions.ts'

type UserRow = { name: string; email: string; hasSecondFactor: boolean; isConnected: boolean }

/** Everything somebody sees of their own account. `host` is the name the page was opened by. */
export async function readAccount(parts: Parts, { user, sessionId }: SignedIn, host: string): Promise<AccountInfo> {
  const { rows } = await parts.pool.query<UserRow>(
    `select "name", "email", coalesce("twoFactorEnabled", false) as "hasSecondFactor",
            exists (select from "account" a where a."userId" = u."id" and a."providerId" = $2) as "isConnected"
       from "user" u where "id" = $1`,
    [user.id, parts.oidc?.providerId ?? ''],
  )
  const [row] = rows
  if (!row) throw signInAgain()
  const [passkeys, sessions, withPassword] = await Promise.all([
    listPasskeys(parts, user.id),
    listSessions(parts.pool, user.id, sessionId),
    hasPassword(parts, user.id),
  ])
  return {
    ...{ id: user.id, name: row.name, email: row.email === ownerEmail ? null : row.email },
    ...{ hasPassword: withPassword, hasSecondFactor: row.hasSecondFactor, passkeys, sessions },
    backupCodesLeft: row.hasSecondFactor ? await countBackupCodes(parts, user.id) : 0,
    oidc: parts.oidc && { name: parts.oidc.name, isConnected: row.isConnected },
    passkey: passkeyOffer(parts, host),
  }
}

export async function rename({ pool }: Parts, userId: string, given: string): Promise<void> {
  await pool.query(`update "user" set "name" = $2, "updatedAt" = now() where "id" = $1`, [userId, readName(given)])
}

/** The new address is believed, not proven; links that were mailed to the old one open nothing from then on. */
export async function changeEmail(
  parts: Parts,
  userId: string,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const address = readEmail(email)
  await requirePassword(parts, userId, password)
  await parts.pool
    .query(
      `update "user" set "email" = $2, "emailVerified" = "emailVerified" and "email" = $2, "updatedAt" = now()
        where "id" = $1`,
      [userId, address],
    )
    .catch((error: unknown) => {
      throw isDuplicate(error) ? addressTaken(error) : error
    })
  await parts.pool.query('update password_resets set used_at = now() where user_id = $1 and used_at is null', [userId])
}
