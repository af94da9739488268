import type { Price } from '#shared/budgets/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { cataloguePrice } from '../../models/prices.ts'
import { type OverrideRow, selectModelsInUse, selectOverrides } from './price-store.ts'

/** Prices of the models in use and of those the organisation has priced itself, "rehearsal" first. */
export async function listPrices(context: OrgContext): Promise<Price[]> {
  requireMay(context, 'budgets.read')
  const { overrides, inUse } = await inSnapshot(context.db, context.orgId, async (reader) => {
    const [overrides, inUse] = await Promise.all([selectOverrides(reader), selectModelsInUse(reader)])
    return { overrides, inUse }
  })
  const byModel = new Map(overrides.map((override) => [override.model, override]))
  const models = new Set(['rehearsal', ...[...inUse, ...byModel.keys()].toSorted()])
  return [...models].map((model) => present(model, byModel.get(model)))
}

function present(model: string, override: OverrideRow | undefined): Price {
  if (override) return { ...override, source: 'override' }
  const known = cataloguePrice(model, new Date())
  const [tier] = known?.tiers ?? []
  if (!known || !tier) return { model, source: 'unknown', input: null, output: null, cacheRead: null }
  return { model, source: known.source, input: tier.input, output: tier.output, cacheRead: tier.cacheRead }
}
