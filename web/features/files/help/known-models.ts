import { formatMoney } from '#shared/kernel/format-money.ts'
import type { Catalogue, CatalogueModel } from '#shared/models/contract.ts'
import type { KnownModel } from './surroundings.ts'

/** The names a config may give a model: what the organisation can ask comes first, then what lacks a key, which is said. */
export function knownModelsOf({ models, aliases, providers }: Catalogue): KnownModel[] {
  const missing = new Map(providers.map((one) => [one.provider, one.missing]))
  const byName = new Map(models.map((one) => [one.model, one]))
  const named = aliases.flatMap(({ name, model }) => {
    const meant = byName.get(model)
    return meant ? [{ known: meant, name, about: `${model} · ${aboutModel(meant, missing)}` }] : []
  })
  const plain = models.map((known) => ({ known, name: known.model, about: aboutModel(known, missing) }))
  return [...named, ...plain]
    .map((one) => ({ ...one, rank: rankOf(one.known, missing, one.name !== one.known.model) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ name, about }) => ({ model: name, about }))
}

type Missing = ReadonlyMap<string, string | null>

/** What is used here already, then short names, then the rest of what can be asked; and the same of what cannot. */
function rankOf({ provider, usedBy }: CatalogueModel, missing: Missing, isAlias: boolean): number {
  const cannot = missing.get(provider) ? 3 : 0
  if (usedBy.length > 0) return cannot
  return isAlias ? cannot + 1 : cannot + 2
}

function aboutModel({ model, provider, price }: CatalogueModel, missing: Missing): string {
  if (model === 'rehearsal') return 'free, needs no key'
  const words = price
    ? `${formatMoney(price.input)} in, ${formatMoney(price.output)} out, a million tokens`
    : 'no price known'
  const lacks = missing.get(provider)
  return lacks ? `needs ${lacks} · ${words}` : words
}
