import { defaultLimits, LimitName, type OrgLimits } from '#shared/limits/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { countUsed, readAgreed } from '../../kernel/limits/quota-store.ts'

/** What the org may, and how much of it is used. */
export async function listLimits(context: OrgContext): Promise<OrgLimits> {
  requireMay(context, 'orgs.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [agreed, counted] = await Promise.all([readAgreed(reader), countUsed(reader)])
    const used: Partial<Record<LimitName, number>> = {
      ...counted,
      storageBytes: agreed.storageUsed ?? 0,
      eventsPerSecond: agreed.eventsUsed ?? 0,
    }
    return LimitName.options.map((name) => ({
      name,
      used: used[name] ?? null,
      allowed: agreed[name] ?? defaultLimits[name],
      isAgreed: agreed[name] !== null,
    }))
  })
}
