import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { isSetting } from '#shared/secrets/services.ts'
import { type Db, inSnapshot } from '../../kernel/db.ts'
import { openVersion } from './open-values.ts'
import { type KeptVersion, selectAllKept } from './version-store.ts'

/**
 * Every value of the org that may turn up somewhere: replaced and deleted ones too, as long as they are kept. Where one
 * cannot be opened now it throws: what is not known cannot be masked, so nothing may be written meanwhile.
 */
export async function valuesToMask(db: Db, orgId: OrgId): Promise<{ name: string; value: string }[]> {
  const kept = await inSnapshot(db, orgId, selectAllKept)
  const opened = await Promise.all(kept.filter(({ name }) => !isSetting(name)).map((one) => openOrSkip(db, orgId, one)))
  return opened.flat()
}

/** What was changed in the database never opens again, for nobody, so it cannot turn up either. */
async function openOrSkip(db: Db, orgId: OrgId, one: KeptVersion): Promise<{ name: string; value: string }[]> {
  try {
    return [{ name: one.name, value: await openVersion(db, orgId, one) }]
  } catch (error) {
    if (error instanceof AppError && error.data?.isDamaged === true) return []
    throw error
  }
}
