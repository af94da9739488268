import { APIError } from 'better-auth/api'
import { AppError } from '#shared/kernel/app-error.ts'

/** What better-auth answered, and the cookies it wants set. Its refusals come out as ours, in words. */
export async function answerOf<T>(
  work: Promise<{ headers: Headers; response: T }>,
): Promise<{ response: T; setCookies: string[] }> {
  try {
    const { headers, response } = await work
    return { response, setCookies: headers.getSetCookie() }
  } catch (error) {
    throw asRefusal(error)
  }
}

/** The same for an address nobody has and a password that is wrong. */
function wrongPassword(cause?: unknown): AppError {
  return new AppError('unauthenticated', 'The e-mail address or the password is wrong.', {
    field: 'password',
    fix: 'Check both, or choose a new password if you forgot it.',
    cause,
  })
}

export function signInAgain(cause?: unknown): AppError {
  return new AppError('unauthenticated', 'You are not signed in.', { fix: 'Sign in again.', cause })
}

export function notYourPassword(cause?: unknown): AppError {
  return new AppError('bad-input', 'This is not your password.', {
    field: 'password',
    fix: 'Type the one you sign in with.',
    cause,
  })
}

export function wrongCode(cause?: unknown): AppError {
  return new AppError('bad-input', 'This code is not right.', {
    field: 'code',
    fix: 'Type the newest code. If it is refused again, check the clock of your phone.',
    cause,
  })
}

const startOver = (cause: unknown) =>
  new AppError('unauthenticated', 'This sign-in took too long or was tried too often.', {
    fix: 'Start again with your password.',
    cause,
  })

const noPasskey = (cause: unknown) =>
  new AppError('unauthenticated', 'This passkey opens no account here.', {
    fix: 'Use another one, or sign in with your password.',
    cause,
  })

const notRegistered = (cause: unknown) =>
  new AppError('bad-input', 'The passkey could not be checked.', { fix: 'Try again.', cause })

const refusals: Readonly<Record<string, (cause: unknown) => AppError>> = {
  INVALID_EMAIL_OR_PASSWORD: wrongPassword,
  INVALID_EMAIL: wrongPassword,
  PASSWORD_TOO_LONG: wrongPassword,
  INVALID_PASSWORD: notYourPassword,
  CREDENTIAL_ACCOUNT_NOT_FOUND: notYourPassword,
  UNAUTHORIZED: signInAgain,
  INVALID_CODE: wrongCode,
  INVALID_BACKUP_CODE: (cause) =>
    new AppError('bad-input', 'This backup code is not right, or was used.', {
      field: 'code',
      fix: 'Use another one from your list.',
      cause,
    }),
  INVALID_TWO_FACTOR_COOKIE: startOver,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: startOver,
  ACCOUNT_TEMPORARILY_LOCKED: (cause) =>
    new AppError('rate-limited', 'Too many wrong codes were tried for this account.', {
      fix: 'Try again in 15 minutes.',
      data: { retryAfterSeconds: 900 },
      cause,
    }),
  TOTP_NOT_ENABLED: startOver,
  TOTP_ALREADY_ENABLED: (cause) => new AppError('conflict', 'A second factor is on already.', { cause }),
  SESSION_NOT_FRESH: (cause) =>
    new AppError('forbidden', 'You signed in more than a day ago.', {
      fix: 'Sign out and in again, then add the passkey.',
      cause,
    }),
  CHALLENGE_NOT_FOUND: (cause) =>
    new AppError('bad-input', 'This took too long.', { fix: 'Try again; it is good for five minutes.', cause }),
  PASSKEY_NOT_FOUND: noPasskey,
  AUTHENTICATION_FAILED: noPasskey,
  USER_NOT_VERIFIED: (cause) =>
    new AppError('unauthenticated', 'The device did not ask who you are.', {
      fix: 'Unlock it with a PIN, a finger or your face.',
      cause,
    }),
  FAILED_TO_VERIFY_REGISTRATION: notRegistered,
  YOU_ARE_NOT_ALLOWED_TO_REGISTER_THIS_PASSKEY: notRegistered,
}

function asRefusal(error: unknown): unknown {
  if (!(error instanceof APIError)) return error
  const code = error.body?.code
  const refusal = code === undefined ? undefined : refusals[code]
  return refusal ? refusal(error) : error
}
