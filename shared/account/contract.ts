import { z } from 'zod'

export const passwordLength = { min: 12, max: 128 } as const

/** As it is kept: people type their address with capitals and spaces around. */
export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())

export const NewPassword = z.string().min(passwordLength.min).max(passwordLength.max)

/** In one line: it stands in mails that we send to others. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)

/** The ways in that this server offers at the address it was asked by. */
export type SignInOptions = {
  /** Passkeys are bound to a name; `elsewhere` is an address of this server that has one. */
  passkey: { isOffered: boolean; elsewhere: string | null }
  oidc: { name: string } | null
  isSignUpOpen: boolean
  /** How a forgotten password is replaced: by mail, or by a link that the operator makes. */
  reset: 'mail' | 'operator'
}

export type PasswordAnswer = { kind: 'signed-in' } | { kind: 'second-factor' }

export type PasskeyInfo = { id: string; name: string; createdAt: string | null }

export type SessionInfo = { id: string; device: string; createdAt: string; lastUsedAt: string; isThis: boolean }

/** What somebody sees of their own account. */
export type AccountInfo = {
  id: string
  name: string
  /** Null for the owner of the machine until they give one. */
  email: string | null
  hasPassword: boolean
  hasSecondFactor: boolean
  backupCodesLeft: number
  passkeys: PasskeyInfo[]
  sessions: SessionInfo[]
  oidc: { name: string; isConnected: boolean } | null
  passkey: SignInOptions['passkey']
}

/** Shown once: the address to scan, and codes for a lost phone. */
export type SecondFactorSetup = { uri: string; secret: string; backupCodes: string[] }

/** What went wrong at another provider, told to the sign-in page in the address after the way back. */
export const oidcProblems = ['refused', 'stranger', 'unproven', 'connect-first', 'taken', 'expired', 'failed'] as const
export type OidcProblem = (typeof oidcProblems)[number]
