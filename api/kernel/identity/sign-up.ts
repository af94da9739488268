import { AppError } from '#shared/kernel/app-error.ts'
import { limits } from './limits.ts'
import type { Parts } from './parts.ts'
import { createPerson, type NewPerson, type Person } from './people.ts'

/** Only where the operator opened it; else people come by invitation. */
export async function signUp(
  { auth, pool, attempts, config }: Parts,
  given: Omit<NewPerson, 'isEmailProven'>,
  address: string,
): Promise<Person> {
  if (!config.isSignUpOpen) {
    throw new AppError('forbidden', 'Accounts here are made by invitation.', {
      fix: 'Ask an owner or admin of your organisation to invite you.',
    })
  }
  await attempts.spend(limits.signUpByAddress, address)
  return await createPerson(auth, pool, given)
}
