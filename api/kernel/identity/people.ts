import type pg from 'pg'
import type { z } from 'zod'
import { Email, NewPassword, PersonName, passwordLength } from '#shared/account/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { UserId } from '#shared/kernel/ids.ts'
import type { Auth } from './auth.ts'

export type NewPerson = {
  name: string
  email: string
  password: string
  /** True where the person came by a link that was mailed to this address. */
  isEmailProven?: boolean
}

export type Person = { id: UserId; name: string }

/** Makes somebody who can sign in with a password. Conflict when the address has an account already. */
export async function createPerson(auth: Auth, pool: pg.Pool, given: NewPerson): Promise<Person> {
  const { internalAdapter, password } = await auth.$context
  const person = {
    name: readName(given.name),
    email: readEmail(given.email),
    password: readNewPassword(given.password),
  }
  if (await findPersonByEmail(pool, person.email)) throw addressTaken()
  const hash = await password.hash(person.password)
  const user = await internalAdapter
    .createUser(
      { name: person.name, email: person.email, emailVerified: given.isEmailProven ?? false },
      { method: 'email-password' },
    )
    .catch((error: unknown) => {
      throw isDuplicate(error) ? addressTaken(error) : error
    })
  await internalAdapter.linkAccount({
    ...{ userId: user.id, providerId: 'credential', accountId: user.id },
    password: hash,
  })
  return { id: UserId.parse(user.id), name: user.name }
}

export async function findPersonByEmail(pool: pg.Pool, given: string): Promise<(Person & { email: string }) | null> {
  const email = Email.safeParse(given)
  if (!email.success) return null
  const { rows } = await pool.query<{ id: string; name: string; email: string }>(
    `select "id", "name", "email" from "user" where "email" = $1`,
    [email.data],
  )
  const [found] = rows
  return found ? { ...found, id: UserId.parse(found.id) } : null
}

export function readName(given: unknown): string {
  return read(PersonName, given, 'name', 'A name has 1 to 80 characters, in one line.', 'Give a name.')
}

export function readEmail(given: unknown): string {
  return read(Email, given, 'email', 'This is not an e-mail address.', 'Write it like name@example.com.')
}

export function readNewPassword(given: unknown): string {
  const { min, max } = passwordLength
  const said = `A password has ${min} to ${max} characters.`
  return read(NewPassword, given, 'password', said, 'Choose a longer one; a few words in a row are fine.')
}

function read<T>(schema: z.ZodType<T>, given: unknown, field: string, message: string, fix: string): T {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new AppError('bad-input', message, { field, fix })
}

export function addressTaken(cause?: unknown): AppError {
  return new AppError('conflict', 'This e-mail address has an account already.', {
    field: 'email',
    fix: 'Sign in with it, or give another one.',
    cause,
  })
}

export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}
