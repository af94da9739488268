import { expect, test } from 'vitest'
import { Catalogue } from '#shared/models/contract.ts'
import { knownModelsOf } from './known-models.ts'

const rates = { source: 'catalogue', input: 3_000_000, output: 15_000_000, cacheRead: null, cacheWrite: null }
const model = (name: string, more: object = {}) => ({
  model: name,
  provider: name.split(':')[0],
  ...{ contextWindow: null, price: rates, usedBy: [], seesImages: false, ...more },
})
const provider = (name: string, missing: string | null) => ({
  ...{ provider: name, service: name, label: name, missing, missingName: missing },
})

const catalogue = Catalogue.parse({
  providers: [provider('openai', 'OPENAI_API_KEY'), provider('mistral', null), provider('rehearsal', null)],
  models: [
    model('openai:large'),
    model('mistral:small'),
    model('mistral:used', { usedBy: [{ id: '0199aaaa-0000-7000-8000-000000000001', name: 'Writer' }] }),
    model('mistral:odd', { price: null }),
    model('rehearsal', { price: null }),
  ],
  aliases: [
    { name: 'quick', model: 'mistral:small', isBuiltIn: false },
    { name: 'best', model: 'openai:large', isBuiltIn: true },
  ],
})

test('what can be asked comes first, the used ones ahead, and what lacks a key says which', () => {
  expect(knownModelsOf(catalogue).map(({ model: name, about }) => `${name}: ${about}`)).toEqual([
    'mistral:used: $3.00 in, $15.00 out, a million tokens',
    'quick: mistral:small · $3.00 in, $15.00 out, a million tokens',
    'mistral:small: $3.00 in, $15.00 out, a million tokens',
    'mistral:odd: no price known',
    'rehearsal: free, needs no key',
    'best: openai:large · needs OPENAI_API_KEY · $3.00 in, $15.00 out, a million tokens',
    'openai:large: needs OPENAI_API_KEY · $3.00 in, $15.00 out, a million tokens',
  ])
})
