import { AppError } from '#shared/kernel/app-error.ts'

/** What is kept beside a wrapped data key: who wrapped it, and by which version of which key. */
export function keyIdOf(provider: string, id: string): string {
  return `${provider}:${id}`
}

export function providerOf(keyId: string): string {
  return keyId.slice(0, keyId.indexOf(':'))
}

/**
 * The id within its provider, or what the shape captures of it. It is read from a row and becomes part of a request, so one
 * of another shape leads nowhere.
 */
export function idAt(provider: string, keyId: string, shape: RegExp): string {
  const id = keyId.startsWith(`${provider}:`) ? keyId.slice(provider.length + 1) : ''
  const found = shape.exec(id)
  if (found) return found[1] ?? id
  throw new AppError('unavailable', `A data key names no key of ${provider}: its row was changed.`, {
    fix: 'Restore the row from a backup, or set the secret again.',
    data: { isDamaged: true },
  })
}
