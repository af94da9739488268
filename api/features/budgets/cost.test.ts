import { calcPrice } from '@pydantic/genai-prices'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callAcrossOrgs } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'
import { cataloguePrice } from '../../models/prices.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'

let database: TestDb
beforeAll(async () => {
  database = await openTestDb()
})
afterAll(() => database.close())

const at = new Date('2026-01-15T00:00:00Z')

type Tokens = { input: number; output: number; cached: number; written: number }

async function costOf(price: unknown, { input, output, cached, written }: Tokens): Promise<number> {
  const [row] = await callAcrossOrgs<{ cost: number }>(
    database.db,
    sql`select cost_of(${json(price)}::jsonb, ${input}, ${output}, ${cached}, ${written})::float8 as cost`,
  )
  return row?.cost ?? Number.NaN
}

async function worstOf(price: unknown, input: number, output: number): Promise<number> {
  const [row] = await callAcrossOrgs<{ cost: number }>(
    database.db,
    sql`select cost_of(${json(price)}::jsonb, ${input}, ${output}, 0)::float8 as cost`,
  )
  return row?.cost ?? Number.NaN
}

test('a call costs what the catalogue says, rounded up to a micro-dollar, and never more than its worst case', async () => {
  const models = ['anthropic:claude-sonnet-4-5', 'openai:gpt-5-mini', 'google:gemini-2.5-pro', 'deepseek:deepseek-chat']
  const tokens = fc.integer({ min: 0, max: 400_000 })
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        model: fc.constantFrom(...models),
        input: tokens,
        output: tokens,
        cached: tokens,
        fresh: tokens,
        less: tokens,
      }),
      async ({ model, input, output, cached, fresh, less }) => {
        const price = cataloguePrice(model, at)
        const [providerId = '', name = ''] = model.split(':')
        const read = Math.min(cached, input)
        const written = price?.tiers[0]?.cacheWrite === undefined ? 0 : Math.min(fresh, input - read)
        const usage = {
          ...{ input_tokens: input, output_tokens: output },
          ...{ cache_read_tokens: read, cache_write_tokens: written },
        }
        const theirs = (calcPrice(usage, name, { providerId, timestamp: at })?.total_price ?? Number.NaN) * 1_000_000
        const ours = await costOf(price, { input, output, cached: read, written })
        expect(ours).toBeGreaterThanOrEqual(theirs - 0.001)
        expect(ours).toBeLessThan(theirs + 1.001)
        expect(await worstOf(price, Math.max(0, input - less), output)).toBeLessThanOrEqual(
          await worstOf(price, input, output),
        )
        expect(ours).toBeLessThanOrEqual(await worstOf(price, input, output))
      },
    ),
    { numRuns: 60 },
  )
})
