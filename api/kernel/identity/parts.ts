import type pg from 'pg'
import type { Attempts } from './attempts.ts'
import type { Auth } from './auth.ts'
import type { IdentityConfig } from './config.ts'
import type { Oidc } from './oidc/oidc.ts'

/** What the verbs of identity work with. */
export type Parts = {
  pool: pg.Pool
  auth: Auth
  attempts: Attempts
  config: IdentityConfig
  /** Null where no other provider is configured. */
  oidc: Oidc | null
  instanceId: string
  onError(error: unknown): void
}
