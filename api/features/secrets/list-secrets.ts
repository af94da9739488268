import type { SecretList } from '#shared/secrets/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { present, presentDeleted } from './present.ts'
import { selectDeleted, selectSecrets } from './store.ts'

/** Names, scopes and hints, never values; and what was deleted lately. */
export async function listSecrets(context: OrgContext): Promise<SecretList> {
  requireMay(context, 'secrets.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [secrets, deleted] = await Promise.all([selectSecrets(reader), selectDeleted(reader)])
    return { secrets: secrets.map(present), deleted: deleted.map(presentDeleted) }
  })
}
