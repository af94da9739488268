import type { Catalogue, CatalogueModel } from '#shared/models/contract.ts'

export type Provider = Catalogue['providers'][number]
export type Group = { provider: Provider; models: CatalogueModel[] }

/** Providers that can be asked first, then by name; within, models that are used first. Only what all the words fit. */
export function groupsOf({ providers, models }: Catalogue, words: string): Group[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const groups = providers.map((provider) => {
    const name = `${provider.label} ${provider.provider}`.toLowerCase()
    const own = models.filter((one) => one.provider === provider.provider && one.model !== 'rehearsal')
    return { provider, models: own.filter(({ model }) => wanted.every((word) => `${name} ${model}`.includes(word))) }
  })
  return groups
    .filter((group) => group.models.length > 0)
    .map((group) => ({ ...group, models: group.models.toSorted((a, b) => b.usedBy.length - a.usedBy.length) }))
    .toSorted((a, b) => rank(a) - rank(b) || (a.provider.label < b.provider.label ? -1 : 1))
}

export function inUse({ models }: Catalogue): CatalogueModel[] {
  return models.filter(({ usedBy }) => usedBy.length > 0).toSorted((a, b) => b.usedBy.length - a.usedBy.length)
}

function rank({ provider }: Group): number {
  return provider.missing === null ? 0 : 1
}
