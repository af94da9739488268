import type { Catalogue, CatalogueModel } from '#shared/models/contract.ts'
import { builtInAliases, isRehearsal, resolveModel } from '#shared/models/resolve-model.ts'
import { seesImages } from '#shared/models/sees-images.ts'
import { keysOfModel } from '#shared/secrets/model-keys.ts'
import { services } from '#shared/secrets/services.ts'
import { describeGroup, missingGroups } from '#shared/templates/env-groups.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { knownModels } from '../../models/known-models.ts'
import { cataloguePrice } from '../../models/prices.ts'
import { selectOverrides } from '../budgets/index.ts'
import { selectNames } from '../secrets/index.ts'
import { selectAliases } from './alias-store.ts'
import { type NamingRow, selectNaming } from './users-store.ts'

/** Every model we know how to ask: of the offline catalogue, and those that the organisation names or has priced itself. */
export async function listCatalogue(context: OrgContext): Promise<Catalogue> {
  requireMay(context, 'models.read')
  const { own, naming, overrides, names } = await inSnapshot(context.db, context.orgId, async (reader) => {
    const [own, naming, overrides, names] = await Promise.all([
      selectAliases(reader),
      selectNaming(reader),
      selectOverrides(reader),
      selectNames(reader, null),
    ])
    return { own, naming, overrides, names }
  })
  const usedBy = usersByModel(naming, own)
  const known = services.flatMap(({ door }) =>
    door
      ? knownModels(door.provider).map(({ id, contextWindow }) => [`${door.provider}:${id}`, contextWindow] as const)
      : [],
  )
  const named = [...usedBy.keys(), ...overrides.map(({ model }) => model), ...Object.values(own)]
  const models = new Map<string, number | null>([['rehearsal', null], ...known])
  for (const model of [...named, ...Object.values(builtInAliases)]) if (!models.has(model)) models.set(model, null)
  const ownPrices = new Map(overrides.map((one) => [one.model, one]))
  return {
    providers: [...new Set([...models.keys()].map(providerOf))].map((provider) => presentProvider(provider, names)),
    models: [...models].map(([model, contextWindow]) => ({
      ...{ model, provider: providerOf(model), contextWindow, seesImages: seesImages(model) },
      ...{ price: priceOf(model, ownPrices.get(model)), usedBy: usedBy.get(model) ?? [] },
    })),
    aliases: [
      ...Object.entries(own).map(([name, model]) => ({ name, model, isBuiltIn: false })),
      ...Object.entries(builtInAliases)
        .filter(([name]) => !Object.hasOwn(own, name))
        .map(([name, model]) => ({ name, model, isBuiltIn: true })),
    ],
  }
}

function usersByModel(naming: readonly NamingRow[], own: Readonly<Record<string, string>>) {
  const users = new Map<string, CatalogueModel['usedBy']>()
  for (const { id, name, models } of naming) {
    for (const model of new Set(models.map((one) => resolveModel(one, own)))) {
      users.set(model, [...(users.get(model) ?? []), { id, name }])
    }
  }
  return users
}

function providerOf(model: string): string {
  return model.includes(':') ? model.slice(0, model.indexOf(':')) : model
}

function presentProvider(provider: string, names: ReadonlySet<string>): Catalogue['providers'][number] {
  if (isRehearsal(provider)) {
    return { provider, service: provider, label: 'Rehearsal', missing: null, missingName: null }
  }
  const { required, service } = keysOfModel(`${provider}:any`)
  const missing = missingGroups(required, names)
  return {
    provider,
    service: service?.id ?? 'openai-compatible',
    label: service?.label ?? provider,
    missing: missing.length === 0 ? null : missing.map(describeGroup).join(' and '),
    missingName: missing[0]?.[0] ?? null,
  }
}

type OwnPrice = { input: number; output: number; cacheRead: number | null }

function priceOf(model: string, own: OwnPrice | undefined): CatalogueModel['price'] {
  if (own)
    return { source: 'override', input: own.input, output: own.output, cacheRead: own.cacheRead, cacheWrite: null }
  const known = cataloguePrice(model, new Date())
  const [tier] = known?.tiers ?? []
  if (!known || !tier) return null
  const { input, output, cacheRead, cacheWrite = null } = tier
  return { source: known.source, input, output, cacheRead, cacheWrite }
}
