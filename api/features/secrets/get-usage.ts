import type { SecretId } from '#shared/kernel/ids.ts'
import type { SecretUsage } from '#shared/secrets/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { noSecret } from './remove-secret.ts'
import { findSecret } from './store.ts'
import { selectUses } from './use-store.ts'
import { selectVersions } from './version-store.ts'

/** Who used it when, and when it got which version by whom. */
export async function getUsage(context: OrgContext, id: SecretId): Promise<SecretUsage> {
  requireMay(context, 'secrets.usage.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    if (!(await findSecret(reader, id))) throw noSecret()
    const [uses, versions] = await Promise.all([selectUses(reader, id), selectVersions(reader, id)])
    return {
      uses: uses.map((use) => ({ ...use, hour: use.hour.toISOString(), lastAt: use.lastAt.toISOString() })),
      versions: versions.map((version) => ({ ...version, createdAt: version.createdAt.toISOString() })),
    }
  })
}
