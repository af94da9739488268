import { createServer, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { setPrice } from './features/budgets/set-price.ts'
import { delegate } from './features/delegations/delegate.ts'
import { getDelegation } from './features/delegations/get-delegation.ts'
import { replayDelegation, testModel } from './features/delegations/index.ts'
import { listCatalogue } from './features/models/list-catalogue.ts'
import { removeAlias, setAlias } from './features/models/set-alias.ts'
import { setSecrets } from './features/secrets/index.ts'
import type { OrgContext } from './kernel/actor.ts'
import { readRow } from './kernel/db.ts'
import { sql } from './kernel/sql.ts'
import { setRehearsal, untilState } from './testing/engine.ts'
import { makeOrg, makeWorkspaces } from './testing/factories.ts'
import { refuse, speak, type Turn, type Wire } from './testing/providers/wire.ts'
import { wires } from './testing/providers/wires.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { startWorker, type Worker } from './worker.ts'

const key = 'sk-canary-0123456789abcdefghij'
const [openai, anthropic] = ['openai', 'anthropic'].map(wireOf)
if (!openai || !anthropic) throw new Error('two providers are needed')
const [strong, other] = [openai.model, anthropic.model]
const cheap = 'openai:gpt-4o-mini'
let database: TestDb
let worker: Worker
let server: Server
let port = 0
let asked: { wire: Wire; model: string; body: string }[] = []
let answer: (wire: Wire, response: ServerResponse, model: string) => void
const errors: unknown[] = []

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await text(request)
    const wire = request.url?.startsWith('/v1/messages') ? anthropic : openai
    const { model } = JSON.parse(body)
    asked.push({ wire, model, body })
    answer(wire, response, model)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `127.0.0.1:${port}`)
  database = await openTestDb()
  worker = startWorker({ db: database.db, onError: (error) => errors.push(error) })
})
afterAll(async () => {
  await worker.stop()
  await database.close()
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
  expect(errors).toEqual([])
})

test('where a model fails the next of its config is asked at once, with a reservation of its own, and the trace says why', async () => {
  answer = (wire, response) =>
    wire === openai
      ? refuse(response, wire, 503, 'Too busy')
      : speak(response, wire, { texts: ['Six.'], usage: { input: 500, output: 4 } })
  const { org, steps, delegation, delegationId } = await run({ model: strong, fallback_models: [other] })
  expect(delegation).toMatchObject({ state: 'completed', answer: 'Six.' })
  expect(steps.map(({ name, state }) => [name, state])).toEqual([
    ['context', 'done'],
    [strong, 'failed'],
    [other, 'done'],
  ])
  expect(steps[2]?.input).toEqual({ why: `${strong} failed: openai answered 503: Too busy` })
  const charges = await readRow<{ charges: number; worst: number }>(
    org.db,
    org.orgId,
    sql`select count(*)::float8 as charges, (sum(cost) filter (where state = 'doubtful'))::float8 as worst
          from charges where org_id = ${org.orgId} and delegation_id = ${delegationId}`,
  )
  expect(charges?.charges).toBe(2)
  // Of the call nobody can account for its worst case; of the other exactly what it took.
  expect(delegation.cost).toBe((charges?.worst ?? 0) + 500 * 3 + 4 * 15)
  expect(await replayDelegation(org, delegationId)).toMatchObject({ equal: true })
})

test('where all fail it waits and begins the round anew', async () => {
  let calls = 0
  answer = (wire, response) =>
    ++calls <= 2
      ? refuse(response, wire, 503, `Too busy, ${wire.provider}`)
      : speak(response, wire, { texts: ['Six.'] })
  const { steps, delegation } = await run({ model: strong, fallback_models: [other] })
  expect(delegation.state).toBe('completed')
  expect(steps.map(({ name }) => name)).toEqual(['context', strong, other, 'hold', 'released', strong])
  expect(steps[3]?.output).toMatchObject({ code: 'provider', afterMs: 7_000 })
  expect(JSON.stringify(steps[3]?.output)).toContain('No model answered')
}, 30_000)

test('a provider that fails again and again is left alone: the next model is asked without a call', async () => {
  answer = (wire, response) =>
    wire === openai ? refuse(response, wire, 503, 'Down') : speak(response, wire, { texts: ['Six.'] })
  const org = await orgWithKeys()
  const config = { model: strong, fallback_models: [other] }
  for (let work = 0; work < 5; work++) await run(config, org)
  asked = []
  const { steps, delegation } = await run(config, org)
  expect(asked.map(({ wire }) => wire.provider)).toEqual(['anthropic'])
  expect(delegation.state).toBe('completed')
  expect(steps[1]).toMatchObject({ name: strong, state: 'failed', cost: 0 })
  expect(steps[1]?.error).toContain('openai failed 5 times in a row, so it is left alone for')
})

test('rules choose by length, words and calls, and the trace says by which', async () => {
  say([{ texts: ['Six.'] }])
  const model_routing = [
    { model: cheap, when: { shorter_than: 400 } },
    { model: other, when: { says: ['prove'], longer_than: 10 } },
  ]
  const short = await run({ model: strong, model_routing })
  expect(short.steps[1]).toMatchObject({
    name: cheap,
    input: { why: expect.stringMatching(/^Chosen by a rule: about \d+ tokens/) },
  })
  const hard = await run({ model: strong, model_routing }, undefined, `Prove it. ${'x '.repeat(2_000)}`)
  expect(hard.steps[1]).toMatchObject({ name: other, input: { why: expect.stringContaining('the task says “prove”') } })
  const plain = await run({ model: strong, model_routing }, undefined, 'x '.repeat(2_000))
  expect(plain.steps[1]).toMatchObject({ name: strong, input: {} })
})

test('what is long past is told in summary by a cheap model, recorded and replayed', async () => {
  const long = 'facts about the tide '.repeat(120)
  say([
    { texts: [long], calls: [{ id: 'a', name: 'list_peers', args: '{}' }] },
    { texts: [long], calls: [{ id: 'b', name: 'recall', args: '{"query":"tide"}' }] },
    { texts: [long], calls: [{ id: 'c', name: 'recall', args: '{"query":"moon"}' }] },
    { texts: ['Notes: the tide is low at six.'] },
    { texts: ['Six.'] },
  ])
  const { org, steps, delegation, delegationId } = await run({
    model: strong,
    compaction: { model: cheap, at_tokens: 1_500 },
  })
  expect(delegation).toMatchObject({ state: 'completed', answer: 'Six.' })
  const summary = steps.find(({ name }) => name === cheap)
  expect(summary?.input).toMatchObject({ purpose: 'summary', upTo: 4 })
  const last = asked.at(-1)?.body ?? ''
  expect(last).toContain('Notes: the tide is low at six.')
  expect(last.split('facts about the tide').length).toBe(121)
  expect(await replayDelegation(org, delegationId)).toMatchObject({ equal: true })
})

test('a summary that fails leaves everything as it was', async () => {
  const long = 'facts about the tide '.repeat(120)
  const turns: Turn[] = ['a', 'b', 'c'].map((id) => ({
    texts: [long],
    calls: [{ id, name: 'recall', args: `{"query":"${id}"}` }],
  }))
  answer = (wire, response, model) => {
    if (model.includes('mini')) return refuse(response, wire, 400, 'Not today')
    const turn = turns[asked.filter((one) => one.model === model).length - 1]
    speak(response, wire, turn ?? { texts: ['Six.'] })
  }
  asked = []
  const { steps, delegation } = await run({ model: strong, compaction: { model: cheap, at_tokens: 1_500 } })
  expect(delegation).toMatchObject({ state: 'completed', answer: 'Six.' })
  expect(steps.find(({ name }) => name === cheap)).toMatchObject({ state: 'failed' })
  expect(asked.at(-1)?.body.split('facts about the tide').length).toBe(361)
})

test('an answer that does not follow its schema is asked for again', async () => {
  say([{ texts: ['Six o’clock'] }, { texts: ['{"hour":"six"}'] }, { texts: ['```json\n{"hour":6}\n```'] }])
  const answer_schema = { type: 'object', properties: { hour: { type: 'number' } }, required: ['hour'] }
  const { delegation, steps } = await run({ model: strong, answer_schema })
  expect(delegation).toMatchObject({ state: 'completed', answer: '{"hour":6}' })
  expect(steps).toHaveLength(4)
  expect(asked[1]?.body).toContain('It is no JSON.')
  expect(asked[2]?.body).toContain('hour: Invalid input')
  say([{ texts: ['a'] }, { texts: ['b'] }, { texts: ['c'] }])
  const never = await run({ model: strong, answer_schema })
  expect(never.delegation).toMatchObject({ state: 'failed', reason: expect.stringContaining('after 3 tries') })
})

test('a call without arguments is told what it lacks', async () => {
  say([{ calls: [{ id: 'a', name: 'remember', args: '{}' }] }, { texts: ['Six.'] }])
  const { delegation, steps } = await run({ model: strong })
  expect(delegation.state).toBe('completed')
  expect(steps[2]).toMatchObject({ name: 'remember', state: 'failed' })
  expect(steps[2]?.error).toContain('remember was called without arguments. It needs')
})

test('what Anthropic keeps in its cache is marked, counted and priced', async () => {
  answer = (wire, response) =>
    speak(response, wire, {
      texts: ['Six.'],
      usage: { input: 10_000, output: 10, cacheRead: 6_000, cacheWrite: 3_000 },
    })
  asked = []
  const { delegation } = await run({ model: 'anthropic:claude-haiku-4-5' })
  expect(asked[0]?.body).toContain('"cache_control":{"type":"ephemeral"}')
  // In micro-dollars a token: 1 in, 5 out, 0.1 read from and 1.25 written to the cache.
  expect(delegation.cost).toBe(1_000 + 6_000 * 0.1 + 3_000 * 1.25 + 10 * 5)
})

test('a name of the organisation stands for another model from the next work on', async () => {
  say([{ texts: ['Six.'] }])
  const org = await orgWithKeys()
  await setAlias(org, { name: 'best', model: 'gpt-4o' })
  const first = await run({ model: 'best' }, org)
  expect(first.steps[1]).toMatchObject({ name: strong, input: { why: 'best stands for it.' } })
  await setAlias(org, { name: 'best', model: other })
  expect((await run({ model: 'best' }, org)).steps[1]?.name).toBe(other)
  await removeAlias(org, { name: 'best' })
  await expect(setAlias(org, { name: 'rehearsal', model: other })).rejects.toMatchObject({ code: 'bad-input' })
  await expect(setAlias(org, { name: 'x', model: 'nobody' })).rejects.toMatchObject({ field: 'model' })
})

test('the catalogue knows prices, windows, what is missing and who asks; a test is a real call with its cost', async () => {
  answer = (wire, response) => speak(response, wire, { texts: ['ready'], usage: { input: 20, output: 2 } })
  const org = await orgWithKeys()
  await makeWorkspaces(org, { Lead: {} }, { Lead: { model: 'gpt-4o', fallback_models: ['sonnet'] } })
  const { models, providers, aliases } = await listCatalogue(org)
  const gpt = models.find(({ model }) => model === strong)
  expect(gpt).toMatchObject({ usedBy: [{ name: 'Lead' }], price: { source: 'override', input: 3_000_000 } })
  expect(models.find(({ model }) => model === 'anthropic:claude-sonnet-4-5')?.usedBy).toMatchObject([{ name: 'Lead' }])
  expect(models.find(({ model }) => model === 'anthropic:claude-haiku-4-5')?.price).toMatchObject({
    cacheWrite: 1_250_000,
  })
  expect(providers.find(({ provider }) => provider === 'groq')).toMatchObject({
    missing: 'GROQ_API_KEY',
    label: 'Groq',
  })
  expect(providers.find(({ provider }) => provider === 'openai')?.missing).toBeNull()
  expect(aliases).toContainEqual({ name: 'sonnet', model: 'anthropic:claude-sonnet-4-5', isBuiltIn: true })
  expect(models.length).toBeGreaterThan(100)

  expect(await testModel(org, { model: 'gpt-4o' })).toMatchObject({
    outcome: 'answered',
    words: 'ready',
    cost: 20 * 3 + 2 * 15,
  })
  answer = (wire, response) => refuse(response, wire, 401, `Bad key ${key}`)
  const refused = await testModel(org, { model: 'gpt-4o' })
  expect(refused).toMatchObject({ outcome: 'failed', cost: 0 })
  expect(refused.words).toContain('openai answered 401: Bad key [secret ')
  const spent = await readRow<{ cost: number; open: number }>(
    org.db,
    org.orgId,
    sql`select sum(cost)::float8 as cost, count(*) filter (where state = 'reserved')::float8 as open
          from charges where org_id = ${org.orgId}`,
  )
  expect(spent).toEqual({ cost: 90, open: 0 })
})

function wireOf(provider: string): Wire | undefined {
  return wires.find((wire) => wire.provider === provider)
}

function say(turns: readonly Turn[]): void {
  asked = []
  answer = (wire, response) => speak(response, wire, turns[asked.length - 1] ?? turns.at(-1) ?? {})
}

async function orgWithKeys(): Promise<OrgContext> {
  const org = await makeOrg(database.db)
  await setRehearsal(org, false)
  const entries = [openai, anthropic].flatMap((wire) => wire?.secrets(port, key) ?? [])
  await setSecrets(org, { workspaceId: null, entries })
  for (const model of [strong, other, cheap]) {
    await setPrice(org, { orgId: org.orgId, model, input: 3_000_000, output: 15_000_000, cacheRead: 300_000 })
  }
  return org
}

async function run(config: Record<string, unknown>, given?: OrgContext, task = 'When is low tide?') {
  const org = given ?? (await orgWithKeys())
  const { Lead: workspaceId } = await makeWorkspaces(org, { Lead: {} }, { Lead: config })
  if (!workspaceId) throw new Error('no workspace was made')
  const { delegationId } = await delegate(org, { workspaceId, task })
  await untilState(org, delegationId, undefined, 25_000)
  return { org, delegationId, ...(await getDelegation(org, delegationId)) }
}
