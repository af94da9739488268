import { calcPrice, type ModelPrice } from '@pydantic/genai-prices'

/** Micro-dollars for a million tokens. A call is priced by the highest tier whose `from` its input tokens pass. */
type Tier = { from: number; input: number; output: number; cacheRead: number; cacheWrite?: number }

/** A price as it is kept with each charge. `perCall` is in micro-dollars. */
export type PriceSnapshot = { source: 'catalogue' | 'rehearsal'; tiers: readonly Tier[]; perCall: number }

const free: PriceSnapshot = {
  source: 'rehearsal',
  tiers: [{ from: 0, input: 0, output: 0, cacheRead: 0 }],
  perCall: 0,
}

/** Under which name an organisation's own price counts for a call. */
export function pricedAs(model: string, isRehearsal: boolean): string {
  return isRehearsal ? 'rehearsal' : model
}

/** The catalogue's price of `provider:model`, or undefined where it knows none. The catalogue is offline and ours to update. */
export function cataloguePrice(model: string, at: Date): PriceSnapshot | undefined {
  if (model === 'rehearsal' || model.startsWith('rehearsal:')) return free
  const [provider, name] = splitModel(model)
  const known = calcPrice({ input_tokens: 0 }, name, { providerId: catalogueProvider(provider), timestamp: at })
  return known ? toSnapshot(known.model_price) : undefined
}

/** The catalogue's own name of a provider. */
export function catalogueProvider(provider: string): string {
  return aliases[provider] ?? provider
}

function splitModel(model: string): [provider: string, name: string] {
  const colon = model.indexOf(':')
  return [model.slice(0, Math.max(colon, 0)), model.slice(colon + 1)]
}

const aliases: Readonly<Record<string, string>> = { bedrock: 'aws', xai: 'x-ai' }

function toSnapshot(price: ModelPrice): PriceSnapshot | undefined {
  const { input_mtok: input, output_mtok: output } = price
  if (input === undefined || output === undefined) return undefined
  const dear = price.output_reasoning_mtok
  const cached = price.cache_read_mtok
  const written = price.cache_write_mtok
  const starts = [input, output, dear, cached, written].flatMap((rate) =>
    typeof rate === 'object' ? rate.tiers.map((tier) => tier.start) : [],
  )
  const tiers = [...new Set([0, ...starts])]
    .toSorted((a, b) => a - b)
    .map((from) => ({
      from,
      input: microsAt(input, from),
      // Thinking is counted as output, so the dearer of the two is what output may cost.
      output: Math.max(microsAt(output, from), dear === undefined ? 0 : microsAt(dear, from)),
      cacheRead: microsAt(cached ?? input, from),
      // Left out where writing to the cache costs what all input costs.
      ...(written !== undefined && { cacheWrite: microsAt(written, from) }),
    }))
  return { source: 'catalogue', tiers, perCall: perCall(price.requests_kcount) }
}

type Rate = NonNullable<ModelPrice[string]>

function microsAt(rate: Rate, from: number): number {
  if (typeof rate === 'number') return toMicros(rate)
  const reached = rate.tiers.filter((tier) => tier.start <= from).toSorted((a, b) => b.start - a.start)
  return toMicros(reached[0]?.price ?? rate.base)
}

/** Rounded up, after what a float cannot hold is cut off. */
function toMicros(dollars: number): number {
  return Math.ceil(Math.round(dollars * 1e9) / 1e3)
}

function perCall(perThousand: Rate | undefined): number {
  return perThousand === undefined ? 0 : Math.ceil(microsAt(perThousand, 0) / 1_000)
}
