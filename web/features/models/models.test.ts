import { expect, test } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Catalogue, CatalogueModel } from '#shared/models/contract.ts'
import { groupsOf, inUse } from './filter.ts'
import { bareName, priceWords, testWords, windowWords } from './words.ts'

const lead = { id: WorkspaceId.parse('0192c1d0-0000-7000-8000-000000000001'), name: 'Lead' }
const one = (model: string, usedBy: CatalogueModel['usedBy'] = []): CatalogueModel => ({
  ...{ model, provider: model.split(':')[0] ?? '', contextWindow: null, seesImages: false, price: null, usedBy },
})
const provider = (name: string, missing: string | null) => ({
  ...{ provider: name, service: name, label: name.toUpperCase(), missing, missingName: missing },
})
const catalogue: Catalogue = {
  providers: [provider('acme', 'ACME_KEY'), provider('beta', null), provider('rehearsal', null)],
  models: [one('acme:small'), one('acme:large', [lead]), one('beta:small'), one('rehearsal', [lead])],
  aliases: [],
}

test('who can be asked comes first, and what is used comes first there', () => {
  expect(
    groupsOf(catalogue, '').map((group) => [group.provider.provider, group.models.map(({ model }) => model)]),
  ).toEqual([
    ['beta', ['beta:small']],
    ['acme', ['acme:large', 'acme:small']],
  ])
  expect(inUse(catalogue).map(({ model }) => model)).toEqual(['acme:large', 'rehearsal'])
})

test('all words must fit, of the provider or the model', () => {
  expect(groupsOf(catalogue, 'ACME sm').flatMap(({ models }) => models.map(({ model }) => model))).toEqual([
    'acme:small',
  ])
  expect(groupsOf(catalogue, 'nobody')).toEqual([])
})

test('prices, windows and tests are told in words', () => {
  const price = {
    source: 'catalogue' as const,
    input: 3_000_000,
    output: 15_000_000,
    cacheRead: 300_000,
    cacheWrite: 3_750_000,
  }
  expect(priceWords(price)).toBe('$3.00 in · $15.00 out per million tokens · cache $0.3000 read, $3.75 written')
  expect(priceWords(null)).toContain('not called')
  expect([windowWords(200_000), windowWords(1_048_576), windowWords(null)]).toEqual(['200k window', '1M window', null])
  expect(testWords({ outcome: 'answered', words: 'ready', cost: 90, tookMs: 1_240 })).toContain(
    '“ready” in 1.2 s for $0.000090',
  )
  expect(bareName('openrouter:a/b:free')).toBe('a/b:free')
})
