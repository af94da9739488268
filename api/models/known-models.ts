import { findProvider } from '@pydantic/genai-prices'
import { catalogueProvider } from './prices.ts'

export type KnownModel = { id: string; contextWindow: number | null }

const remembered = new Map<string, readonly KnownModel[]>()

/** What the offline catalogue knows of a provider's models; those it calls deprecated are left out. */
export function knownModels(provider: string): readonly KnownModel[] {
  const known = remembered.get(provider)
  if (known) return known
  const id = catalogueProvider(provider)
  const found = findProvider({ providerId: id })
  // It also finds what is named alike.
  const models = (found?.id === id ? found.models : [])
    .filter(({ deprecated, prices }) => deprecated !== true && hasWords(prices))
    .map(({ id, context_window: contextWindow }) => ({ id, contextWindow: contextWindow ?? null }))
  remembered.set(provider, models)
  return models
}

/** A model that takes and gives words; others are priced by the picture or the second. */
function hasWords(prices: unknown): boolean {
  const [first] = Array.isArray(prices) ? prices.map(({ prices: one }: { prices: unknown }) => one) : [prices]
  return typeof first === 'object' && first !== null && 'input_mtok' in first && 'output_mtok' in first
}
