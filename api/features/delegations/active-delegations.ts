import type { LiveBeginning } from '#shared/delegations/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { failuresToday, headOfLog, listAlive, settledSeq, spendToday } from './view-store.ts'

/** Everything that has not ended, with the place in the event log this is true at: what a live graph starts from. */
export async function activeDelegations(context: OrgContext): Promise<LiveBeginning> {
  requireMay(context, 'delegations.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [seq, alive, spend, failures] = await Promise.all([
      headOfLog(reader),
      listAlive(reader),
      spendToday(reader),
      failuresToday(reader),
    ])
    const delegations = alive.map((one) => ({ ...one, since: one.since.toISOString() }))
    return { seq, settledSeq: await settledSeq(reader, seq), delegations, spend, failures }
  })
}
