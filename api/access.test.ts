import { randomUUID } from 'node:crypto'
import { callTRPCProcedure } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ErrorCode } from '#shared/kernel/app-error.ts'
import { KeyId } from '#shared/kernel/ids.ts'
import { Role } from '#shared/orgs/contract.ts'
import { mayAs, ruleOf } from '#shared/policies.ts'
import { isRefusal } from './kernel/refusals.ts'
import { type RequestContext, toErrorShape } from './kernel/trpc.ts'
import { appRouter } from './router.ts'
import type { Call } from './testing/access/call.ts'
import { calls } from './testing/access/calls.ts'
import { makeDry } from './testing/access/dry-pool.ts'
import { makeThings, type Things, unknownThings } from './testing/access/things.ts'
import { makeMember, makeOrg } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

/** Whole: every procedure of the router × every kind of caller × own, another's, unknown and malformed ids. */
type AnyCall = Omit<Call<unknown>, 'input'> & { path: string; input(things: Things): unknown }
const all: AnyCall[] = Object.entries(calls).flatMap(([feature, ofFeature]) =>
  Object.entries(ofFeature).map(([name, call]) => ({ ...call, path: `${feature}.${name}` })),
)
const roles = Role.options

let testDb: TestDb
let dry: ReturnType<typeof makeDry>
let mine: Things
let theirs: Things
let unknown: Things
/** Who asks, and as what: a person of this role, a key of it, somebody of another org, nobody. */
type Caller = {
  name: string
  context: RequestContext
  role: Role | null
  isKey: boolean
  isMachine: boolean
  isNobody: boolean
}
let callers: Caller[] = []
const nameOfCallers = [
  ...['nobody', ...roles, ...roles.filter((role) => role !== 'owner').map((role) => `key of ${role}`)],
  ...['own key of the owner', 'owner of another org', 'key of another org'],
]

beforeAll(async () => {
  testDb = await openTestDb()
  const { db } = testDb
  dry = makeDry(db.pool)
  const owner = await makeOrg(db, { name: 'Mine' })
  const stranger = await makeOrg(db, { name: 'Theirs' })
  mine = await makeThings(owner)
  theirs = await makeThings(stranger)
  unknown = unknownThings(mine)
  const userOf = ({ actor }: typeof owner) => (actor.kind === 'person' ? { id: actor.userId, name: actor.name } : null)
  const people = await Promise.all(
    roles.map(async (role) => ({ role, member: role === 'owner' ? owner : await makeMember(owner, role) })),
  )
  const key = (role: Role, orgId = mine.orgId, person: RequestContext['user'] = null) => ({
    ...{ keyId: KeyId.parse(randomUUID()), orgId, permissions: null, name: 'CI', role, person },
  })
  const caller = (name: string, context: Omit<RequestContext, 'db'>, role: Role | null): Caller => ({
    ...{ name, role, context: { db, ...context }, isKey: context.machine !== undefined },
    isMachine: context.machine?.person === null,
    isNobody: !context.user && !context.machine,
  })
  callers = [
    caller('nobody', { user: null }, null),
    ...people.map(({ role, member }) => caller(role, { user: userOf(member) }, role)),
    ...roles
      .filter((role) => role !== 'owner')
      .map((role) => caller(`key of ${role}`, { user: null, machine: key(role) }, role)),
    caller('own key of the owner', { user: null, machine: key('owner', mine.orgId, userOf(owner)) }, 'owner'),
    caller('owner of another org', { user: userOf(stranger) }, null),
    caller('key of another org', { user: null, machine: key('admin', theirs.orgId) }, null),
  ]
  dry.begin()
}, 60_000)
afterAll(async () => {
  dry.end()
  await testDb.close()
})

type Answer = { outcome: 'ok' | ErrorCode | 'defect'; words: string; value: unknown; ms: number; told: string[] }

async function ask(path: string, { context }: Caller, input: unknown): Promise<Answer> {
  dry.told()
  const started = performance.now()
  try {
    const value = await callTRPCProcedure({
      ...{ router: appRouter, path, getRawInput: async () => input, ctx: context },
      ...{ type: typeOf(path), signal: undefined, batchIndex: 0 },
    })
    return { outcome: 'ok', words: '', value, ms: performance.now() - started, told: dry.told() }
  } catch (error) {
    const shape = toErrorShape(error instanceof Error ? error.cause : error)
    const words = shape?.message ?? String(error instanceof Error ? (error.cause ?? error) : error)
    return {
      outcome: shape?.code ?? 'defect',
      words,
      value: undefined,
      ms: performance.now() - started,
      told: dry.told(),
    }
  }
}

const kinds = new Map(
  Object.entries(appRouter._def.procedures).map(([path, procedure]): [string, 'query' | 'mutation'] => [
    path,
    isMutation(procedure) ? 'mutation' : 'query',
  ]),
)

function isMutation(procedure: object): boolean {
  const def: unknown = '_def' in procedure ? procedure._def : undefined
  return typeof def === 'object' && def !== null && 'type' in def && def.type === 'mutation'
}

function typeOf(path: string): 'query' | 'mutation' {
  return kinds.get(path) ?? 'query'
}

/** Every id of `from` in a value as the same of `to`; `keep` stay. */
function withIds(value: unknown, swap: (id: string, name: string) => string): unknown {
  const names = new Map<unknown, string>(Object.entries(mine).map(([name, id]) => [id, name]))
  const walk = (part: unknown): unknown => {
    if (typeof part === 'string') return names.has(part) ? swap(part, names.get(part) ?? '') : part
    if (Array.isArray(part)) return part.map(walk)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, one]) => [key, walk(one)]))
  }
  return walk(value)
}

const idsOf = (things: Things) => (id: string, name: string) =>
  name === 'orgId' ? id : String(new Map(Object.entries(things)).get(name))
const whole = (things: Things) => (_: string, name: string) => String(new Map(Object.entries(things)).get(name))

/** What holds of whoever asks, for a thing of the org that `isKnown` or for one that is not there. */
function standing(call: AnyCall, caller: Caller, isKnown: boolean): 'ok' | ErrorCode {
  if (caller.isNobody) return 'unauthenticated'
  if (call.needs === 'caller') return 'ok'
  if (call.needs === 'person') return caller.isKey ? 'forbidden' : 'ok'
  if (caller.role === null) return 'not-found'
  const first = call.needsFirst ?? call.needs
  if (!mayAs(caller.role, first)) return 'forbidden'
  const isClosed = ruleOf(first).inPerson || call.keys === 'by list' || (call.keys === 'of people' && caller.isMachine)
  if (isClosed && caller.isKey) return 'forbidden'
  return isKnown && !mayAs(caller.role, call.needs) ? (call.refusal ?? 'forbidden') : 'ok'
}

test('every procedure has its entry, and nothing else has one', () => {
  expect(all.map(({ path }) => path).sort()).toEqual(Object.keys(appRouter._def.procedures).sort())
})

test('every change says which events it tells, or why it tells none', () => {
  const silent = all.filter(({ path, tells }) => typeOf(path) === 'mutation' && tells === undefined)
  expect(silent.map(({ path }) => path)).toEqual([])
})

describe.each(nameOfCallers)('%s', (name) => {
  const found = () => {
    const caller = callers.find((one) => one.name === name)
    if (!caller) throw new Error(`there is no caller ${name}`)
    return caller
  }

  test('gets with own ids what the table says', async () => {
    const caller = found()
    const wrong: string[] = []
    for (const call of all) {
      const expected = standing(call, caller, true)
      const { outcome, words } = await ask(call.path, caller, call.input(mine))
      const allowed = expected === 'ok' ? [call.own ?? 'ok'].flat() : [expected]
      if (!allowed.some((one) => one === outcome)) wrong.push(`${call.path}: ${outcome} (${words}), not ${allowed}`)
      if (expected === 'unauthenticated' && words !== 'Sign in first.') wrong.push(`${call.path} says: ${words}`)
      if (caller.role === null && expected === 'not-found' && words !== noSuchOrg)
        wrong.push(`${call.path} says: ${words}`)
    }
    expect(wrong).toEqual([])
  })

  test("gets with another org's ids what it gets with ids of nothing, in the same words and nothing of theirs", async () => {
    const caller = found()
    const wrong: string[] = []
    for (const call of all) {
      const own = call.input(mine)
      const [others, nothing] = [withIds(own, idsOf(theirs)), withIds(own, idsOf(unknown))]
      if (JSON.stringify(others) === JSON.stringify(own)) continue
      const expected = standing(call, caller, false)
      const wanted = expected === 'ok' ? (call.others ?? 'not-found') : expected
      const [of, none] = [await ask(call.path, caller, others), await ask(call.path, caller, nothing)]
      if (of.outcome !== wanted) wrong.push(`${call.path}: ${of.outcome} (${of.words}), not ${wanted}`)
      if (of.outcome !== none.outcome || of.words !== none.words) {
        wrong.push(`${call.path}: ${of.outcome} (${of.words}) of theirs, ${none.outcome} (${none.words}) of nothing`)
      }
      if (holds(of.value, theirs, others)) wrong.push(`${call.path} gives what is theirs`)
    }
    expect(wrong).toEqual([])
  })

  test('finds an org that is not theirs as little as one that does not exist', async () => {
    const caller = found()
    if (caller.role === null) return
    const wrong: string[] = []
    const nowhere = { ...unknown, orgId: randomUUID() }
    for (const call of all) {
      if (call.needs === 'caller' || call.needs === 'person') continue
      const own = call.input(mine)
      const there = await ask(call.path, caller, withIds(own, whole(theirs)))
      const none = await ask(
        call.path,
        caller,
        withIds(own, (_, key) => String(new Map(Object.entries(nowhere)).get(key))),
      )
      for (const { outcome, words } of [there, none]) {
        if (outcome !== 'not-found' || words !== noSuchOrg) wrong.push(`${call.path}: ${outcome} (${words})`)
      }
    }
    expect(wrong).toEqual([])
  })

  test('gets for what is no id at all nothing but that it is none', async () => {
    const caller = found()
    const wrong: string[] = []
    for (const call of all) {
      const own = call.input(mine)
      const malformed = withIds(own, (id, key) => (key === 'orgId' || key === 'userId' ? id : 'not-an-id'))
      if (JSON.stringify(malformed) === JSON.stringify(own)) continue
      const expected = standing(call, caller, false)
      const wanted = expected === 'unauthenticated' || expected === 'not-found' ? expected : 'bad-input'
      const { outcome, words } = await ask(call.path, caller, malformed)
      if (outcome !== wanted) wrong.push(`${call.path}: ${outcome} (${words}), not ${wanted}`)
    }
    expect(wrong).toEqual([])
  })
})

test('every change that is done tells its events, with no event left out', async () => {
  const owner = callers.find(({ name }) => name === 'owner')
  const admin = callers.find(({ name }) => name === 'admin')
  if (!owner || !admin) throw new Error('there is no owner')
  const wrong: string[] = []
  for (const { path, tells, own, input } of all) {
    if (tells === undefined || (own !== undefined && !Array.isArray(own))) continue
    const whoCan = path === 'people.leave' ? admin : owner
    const { told } = await ask(path, whoCan, input(mine))
    const wanted = 'none' in tells ? [] : [...tells]
    if (JSON.stringify(told) !== JSON.stringify(wanted)) wrong.push(`${path} tells ${told.join(', ') || 'nothing'}`)
  }
  expect(wrong).toEqual([])
})

test('a refusal of a change is told, that of a question is not', async () => {
  const viewer = callers.find(({ name }) => name === 'viewer')
  if (!viewer) throw new Error('there is no viewer')
  expect(isRefusal(new Error('other'))).toBe(false)
  expect((await ask('audit.state', viewer, { orgId: mine.orgId })).told).toEqual([])
})

test("an answer about another's thing takes as long as one about nothing", async () => {
  const owner = callers.find(({ name }) => name === 'owner')
  if (!owner) throw new Error('there is no owner')
  for (const path of ['delegations.get', 'files.read', 'secrets.usage', 'memory.plan', 'audit.list']) {
    const call = all.find((one) => one.path === path)
    if (!call) throw new Error(path)
    const [of, none]: [number[], number[]] = [[], []]
    for (let round = 0; round < 25; round++) {
      of.push((await ask(path, owner, withIds(call.input(mine), idsOf(theirs)))).ms)
      none.push((await ask(path, owner, withIds(call.input(mine), idsOf(unknown)))).ms)
    }
    const [one, other] = [median(of), median(none)]
    // Coarse: another query, or one that reads more, would double it; other work on the machine does not.
    expect(Math.abs(one - other), path).toBeLessThan(2 + Math.min(one, other))
  }
})

const noSuchOrg = 'There is no such organisation.'

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}

/** Whether an answer names something of theirs that was not in the question. */
function holds(value: unknown, things: Things, asked: unknown): boolean {
  const [text, question] = [JSON.stringify(value) ?? '', JSON.stringify(asked)]
  return Object.values(things).some((id) => text.includes(id) && !question.includes(id))
}
