import { userInfo } from 'node:os'
import type pg from 'pg'
import { UserId } from '#shared/kernel/ids.ts'
import { uuidv7 } from '../uuid.ts'

/** Nobody can receive mail there; it only has to be unique. */
const ownerEmail = 'owner@localhost'

/** The person whose machine this is: made at the first start, the same ever after. */
export async function ensureOwner(pool: pg.Pool): Promise<{ id: UserId; name: string }> {
  await pool.query(
    `insert into "user" ("id", "name", "email", "emailVerified", "updatedAt")
     values ($1, $2, $3, true, now()) on conflict ("email") do nothing`,
    [uuidv7(), loginName(), ownerEmail],
  )
  const { rows } = await pool.query<{ id: string; name: string }>(
    `select "id", "name" from "user" where "email" = $1`,
    [ownerEmail],
  )
  const [owner] = rows
  if (!owner) throw new Error('the owner was not kept')
  return { id: UserId.parse(owner.id), name: owner.name }
}

function loginName(): string {
  try {
    const { username } = userInfo()
    return username === '' || username === 'root' ? 'Owner' : username
  } catch {
    return 'Owner'
  }
}
