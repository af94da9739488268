import type { ActiveDelegations } from '#shared/delegations/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { failuresToday, headOfLog, listAlive, spendToday } from './view-store.ts'

/** Everything that has not ended, with the place in the event log this is true at: what a live graph starts from. */
export async function activeDelegations(context: OrgContext): Promise<ActiveDelegations> {
  requireMay(context, 'delegations.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [seq, alive, spend, failures] = await Promise.all([
      headOfLog(reader),
      listAlive(reader),
      spendToday(reader),
      failuresToday(reader),
    ])
    return { seq, delegations: alive.map((one) => ({ ...one, since: one.since.toISOString() })), spend, failures }
  })
}
