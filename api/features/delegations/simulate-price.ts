import type { Reader } from '../../kernel/db.ts'
import { cataloguePrice, pricedAs } from '../../models/prices.ts'
import { selectOverrides } from '../budgets/index.ts'

type Tokens = { inputTokens: number; outputTokens: number }

/** What tokens would cost at a model's price of today, in micro-dollars; null where nobody knows its price. */
export type PriceTokens = (model: string, isRehearsal: boolean, tokens: Tokens) => number | null

/** The organisation's own prices go before the catalogue's. */
export async function readPrices(reader: Reader): Promise<PriceTokens> {
  const own = new Map((await selectOverrides(reader)).map((price) => [price.model, price]))
  return (model, isRehearsal, tokens) => {
    const name = pricedAs(model, isRehearsal)
    const override = own.get(name)
    if (override) return inMicros(override, tokens)
    const known = cataloguePrice(name, new Date())
    const tier = known?.tiers.findLast(({ from }) => from === 0 || from < tokens.inputTokens)
    return known && tier ? inMicros(tier, tokens) + known.perCall : null
  }
}

/** Prices are for a million tokens; rounded up, as the meter does. */
function inMicros(price: { input: number; output: number }, { inputTokens, outputTokens }: Tokens): number {
  return Math.ceil((inputTokens * price.input + outputTokens * price.output) / 1_000_000)
}
