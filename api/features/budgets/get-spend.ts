import type { Spend, SpendLine } from '#shared/budgets/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { selectByModel, selectByWorkspace, selectMonth, selectToday } from './spend-store.ts'

/** What was really used, from the charges: the one truth of spend. Days and months are UTC. */
export async function getSpend(context: OrgContext): Promise<Spend> {
  requireMay(context, 'budgets.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [today, month, byWorkspace, byModel] = await Promise.all([
      selectToday(reader),
      selectMonth(reader),
      selectByWorkspace(reader),
      selectByModel(reader),
    ])
    return { today, month, byWorkspace, byModel }
  })
}

/** What was used since midnight UTC: the figure of the gauge. */
export async function getSpendToday(context: OrgContext): Promise<SpendLine> {
  requireMay(context, 'budgets.read')
  return await inSnapshot(context.db, context.orgId, selectToday)
}
