import { AppError } from '#shared/kernel/app-error.ts'
import { isSetting } from '#shared/secrets/services.ts'
import { type Db, inSnapshot } from '../../kernel/db.ts'
import { setSecretSource } from '../../kernel/redact/redactor-of.ts'
import { openVersion } from './open-values.ts'
import { selectAllKept } from './version-store.ts'

/**
 * From here on what this process writes, sends or logs is masked. It knows every value that is kept: older versions too, and
 * what was deleted lately. While the keys are out of reach nothing is written: better to wait than to leak.
 */
export function maskKnownValues(db: Db): void {
  setSecretSource(db, async (orgId) => {
    const kept = await inSnapshot(db, orgId, selectAllKept)
    const secrets = kept.filter(({ name }) => !isSetting(name))
    const values = await Promise.all(
      secrets.map((one) => openVersion(db, orgId, one).then((value) => ({ name: one.name, value }), unlessDamaged)),
    )
    return values.filter((one) => one !== null)
  })
}

/** What was changed in the database nobody can open, so nobody can say it; and it can be set again. */
function unlessDamaged(error: unknown): null {
  if (error instanceof AppError && error.data?.isDamaged === true) return null
  throw error
}
