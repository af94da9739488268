import type { Limit } from './attempts.ts'

const minute = 60

/** An address may stand for a whole office, an account for one person. */
export const limits = {
  signInByAddress: { name: 'sign-in/address', most: 50, seconds: 15 * minute },
  signInByAccount: { name: 'sign-in/account', most: 10, seconds: 15 * minute },
  secondFactorByAddress: { name: 'second-factor/address', most: 50, seconds: 15 * minute },
  /** Of somebody signed in who proves again who they are. */
  passwordBySession: { name: 'password/person', most: 10, seconds: 15 * minute },
  codeBySession: { name: 'code/person', most: 10, seconds: 15 * minute },
  linkByAddress: { name: 'link/address', most: 50, seconds: 15 * minute },
  resetByAddress: { name: 'reset/address', most: 20, seconds: 60 * minute },
  resetByAccount: { name: 'reset/account', most: 3, seconds: 60 * minute },
  signUpByAddress: { name: 'sign-up/address', most: 10, seconds: 60 * minute },
  otherProviderByAddress: { name: 'oidc/address', most: 50, seconds: 15 * minute },
  usedCode: { name: 'used-code', most: 1, seconds: 2 * minute },
} as const satisfies Record<string, Limit>
