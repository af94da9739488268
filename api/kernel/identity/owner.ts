import { userInfo } from 'node:os'
import type pg from 'pg'
import { UserId } from '#shared/kernel/ids.ts'
import { uuidv7 } from '../uuid.ts'

/** Nobody can receive mail there; it only has to be unique until the owner gives a real one. */
export const ownerEmail = 'owner@localhost'

/** The person whose machine this is: made at the first start, the same ever after, whatever they call themselves. */
export async function ensureOwner(pool: pg.Pool): Promise<{ id: UserId; name: string }> {
  const known = await findOwner(pool)
  if (known) return known
  await pool.query(
    `insert into "user" ("id", "name", "email", "emailVerified", "updatedAt")
     values ($1, $2, $3, true, now()) on conflict ("email") do nothing`,
    [uuidv7(), loginName(), ownerEmail],
  )
  await pool.query(
    `insert into local_owner (user_id) select "id" from "user" where "email" = $1 on conflict (is_one) do nothing`,
    [ownerEmail],
  )
  const owner = await findOwner(pool)
  if (!owner) throw new Error('the owner was not kept')
  return owner
}

async function findOwner(pool: pg.Pool): Promise<{ id: UserId; name: string } | undefined> {
  const { rows } = await pool.query<{ id: string; name: string }>(
    `select u."id", u."name" from local_owner o join "user" u on u."id" = o.user_id`,
  )
  const [owner] = rows
  return owner && { id: UserId.parse(owner.id), name: owner.name }
}

function loginName(): string {
  try {
    const { username } = userInfo()
    return username === '' || username === 'root' ? 'Owner' : username
  } catch {
    return 'Owner'
  }
}
