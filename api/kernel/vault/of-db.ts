import { AppError } from '#shared/kernel/app-error.ts'
import type { Db } from '../pool.ts'
import type { KeyProvider } from './key-provider.ts'

const providers = new WeakMap<Db, KeyProvider>()

/** Said once where a process opens its database: who keeps the key that wraps all data keys. */
export function setKeyProvider(db: Db, provider: KeyProvider): void {
  providers.set(db, provider)
}

export function keyProviderOf(db: Db): KeyProvider {
  const provider = providers.get(db)
  if (provider) return provider
  throw new AppError('unavailable', 'This process was started without the key that secrets are wrapped with.')
}
