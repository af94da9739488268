import type { ResetPrice, SetPrice } from '#shared/budgets/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { deletePrice, upsertPrice } from './price-store.ts'
import { wakeWaitsOf } from './wake-waits.ts'

/** The organisation's own price of a model, before the catalogue's; of "rehearsal" too. Charges keep the price they had. */
export async function setPrice(context: OrgContext, input: SetPrice): Promise<void> {
  requireMay(context, 'budgets.prices.write')
  await inTransaction(context, async (tx) => {
    await upsertPrice(tx, input)
    tx.tell({ type: 'price.set', payload: { model: input.model } })
  })
  await wakeWaitsOf(context)
}

/** Back to the catalogue's price. */
export async function resetPrice(context: OrgContext, { model }: ResetPrice): Promise<void> {
  requireMay(context, 'budgets.prices.write')
  await inTransaction(context, async (tx) => {
    await deletePrice(tx, model)
    tx.tell({ type: 'price.set', payload: { model } })
  })
}
