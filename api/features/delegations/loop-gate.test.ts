import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loopLimits } from '#shared/delegations/loop-breaker.ts'
import { DelegationId, type WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction, readRow } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { readLog } from '../../testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { insertDelegation, insertNote } from './delegation-store.ts'
import { checkNewDelegation, LoopTripped, loopHold } from './loop-gate.ts'
import { loopHolds } from './loop-holds.ts'
import { insertReady } from './queue-store.ts'
import { resumeLoop } from './resume-loop.ts'

let test_: TestDb
beforeAll(async () => {
  test_ = await openTestDb()
})
afterAll(() => test_.close())

type Place = { org: OrgContext; ids: Record<string, WorkspaceId> }

async function makePlace(): Promise<Place> {
  const org = await makeOrg(test_.db)
  return { org, ids: await makeWorkspaces(org, { Lead: { Writer: {}, Editor: {} } }) }
}

type Asked = { from?: string; to: string; task: string; above?: { id: DelegationId; chainId: string; depth: number } }

/** Asks the breaker, then creates it, as `delegateIn` does. */
async function give({ org, ids }: Place, { from, to, task, above }: Asked) {
  const id = DelegationId.parse(uuidv7())
  const chain = { id: above?.chainId ?? id, depth: above ? above.depth + 1 : 0 }
  const party = (name: string) => ({ id: wanted(ids[name]), name })
  await inTransaction(org, async (tx) => {
    const giver = from === undefined ? null : party(from)
    await checkNewDelegation(tx, { chain, askerId: above?.id ?? null, from: giver, to: party(to), task })
    await insertDelegation(tx, {
      id,
      parentId: above?.id ?? null,
      rootId: above ? DelegationId.parse(above.chainId) : id,
      parentStep: null,
      workspaceId: party(to).id,
      fromWorkspaceId: giver?.id ?? null,
      requester: { kind: 'system', name: 'test' },
      requesterName: 'test',
      task,
      priority: 50,
      idempotencyKey: null,
      isRehearsal: true,
      stepLimit: 25,
      chain,
    })
    await insertReady(tx, id)
  })
  return { id, chainId: chain.id, depth: chain.depth }
}

function wanted<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is none')
  return value
}

async function tripped(asked: Promise<unknown>) {
  const error = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof LoopTripped)) throw new Error('it was not stopped', { cause: error })
  return error.verdict
}

/** Holds a delegation as the engine does. */
async function hold({ org }: Place, id: DelegationId, verdict: LoopTripped['verdict']): Promise<void> {
  await inTransaction(org, async (tx) => {
    await insertNote(tx, id, 'hold', loopHold(verdict))
    await tx.rows(sql`
      update delegations set state = 'waiting', waiting_for = 'input', reason = ${verdict.sentence}
       where org_id = ${tx.orgId} and id = ${id}`)
  })
}

test('a storm of one chain stops at the limit, however many ask at once', async () => {
  const place = await makePlace()
  const root = await give(place, { to: 'Lead', task: 'Everything' })
  const outcomes: PromiseSettledResult<unknown>[] = []
  for (let at = 0; at < 200; at += 20) {
    const asked = Array.from({ length: 20 }, (_, next) =>
      give(place, { from: 'Lead', to: next % 2 ? 'Writer' : 'Editor', task: `Part ${words(at + next)}`, above: root }),
    )
    outcomes.push(...(await Promise.allSettled(asked)))
  }
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(loopLimits.fanOut)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ verdict: { rule: 'fan-out' } })
  }
})

function words(at: number): string {
  return [...String(at)]
    .map((digit) => ['nought', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'][Number(digit)])
    .join(' ')
}

test('the fourth hand-over of the same task stops, goes on once, counts anew, and goes on always', async () => {
  const place = await makePlace()
  const root = await give(place, { to: 'Writer', task: 'Write' })
  const ask = () => give(place, { from: 'Writer', to: 'Editor', task: 'Check it', above: root })
  for (let at = 1; at < loopLimits.sameTask; at++) await ask()
  const verdict = await tripped(ask())
  expect(verdict).toMatchObject({
    rule: 'same-task',
    sentence: 'Writer asked Editor for the same thing 4 times without waiting for an answer.',
  })
  await hold(place, root.id, verdict)
  expect(await loopHolds(place.org)).toMatchObject([
    { delegationId: root.id, workspaceName: 'Writer', sentence: verdict.sentence },
  ])

  await resumeLoop(place.org, root.id, 'once')
  expect(await loopHolds(place.org)).toEqual([])
  for (let at = 1; at < loopLimits.sameTask; at++) await ask()
  await hold(place, root.id, await tripped(ask()))

  await resumeLoop(place.org, root.id, 'always')
  for (let at = 0; at < 10; at++) await ask()
  // The edge is free in every chain, other edges are not.
  const other = await give(place, { to: 'Writer', task: 'Write' })
  for (let at = 0; at < 5; at++) await give(place, { from: 'Writer', to: 'Editor', task: 'Check it', above: other })
  for (let at = 1; at < loopLimits.sameTask; at++)
    await give(place, { from: 'Writer', to: 'Lead', task: 'Look', above: other })
  await tripped(give(place, { from: 'Writer', to: 'Lead', task: 'Look', above: other }))
  const told = (await readLog(place.org)).filter((event) => event.type === 'chain.resumed')
  expect(told.map((event) => event.payload.how)).toEqual(['once', 'always'])
})

test('work handed to and fro between two stops within a few hands', async () => {
  const place = await makePlace()
  let above = await give(place, { to: 'Writer', task: 'Write' })
  const hands = async () => {
    for (let at = 0; at < 20; at++) {
      const [from, to] = at % 2 === 0 ? ['Writer', 'Editor'] : ['Editor', 'Writer']
      above = await give(place, { from, to, task: `Round ${words(at)} of it`, above })
    }
  }
  expect(await tripped(hands())).toMatchObject({ rule: 'ping-pong' })
  expect(above.depth).toBe(4)
})

test('one answer frees all of a chain that stands still by the same rule, and nothing else', async () => {
  const place = await makePlace()
  const root = await give(place, { to: 'Lead', task: 'Everything' })
  const parts = [
    await give(place, { from: 'Lead', to: 'Writer', task: 'One', above: root }),
    await give(place, { from: 'Lead', to: 'Editor', task: 'Two', above: root }),
  ]
  const alone = await give(place, { to: 'Writer', task: 'Something else' })
  const storm = { rule: 'storm', sentence: 'A storm.', scope: `chain:${root.chainId}` } as const
  for (const { id } of [...parts, alone]) await hold(place, id, storm)
  const [first] = parts
  await resumeLoop(place.org, wanted(first).id, 'end')
  expect((await loopHolds(place.org)).map((one) => one.delegationId)).toEqual([alone.id])
  await expect(resumeLoop(place.org, wanted(first).id, 'once')).rejects.toMatchObject({ code: 'conflict' })
})

test('only members answer, only in their org, and only for what is held', async () => {
  const place = await makePlace()
  const { id } = await give(place, { to: 'Lead', task: 'Everything' })
  await hold(place, id, { rule: 'same-call', sentence: 'It turns.', scope: 'tool:x' })
  const viewer = await makeMember(place.org, 'viewer')
  await expect(resumeLoop(viewer, id, 'once')).rejects.toMatchObject({ code: 'forbidden' })
  const elsewhere = await makeOrg(test_.db)
  await expect(resumeLoop(elsewhere, id, 'once')).rejects.toMatchObject({ code: 'not-found' })
  await expect(resumeLoop(place.org, DelegationId.parse(randomUUID()), 'once')).rejects.toMatchObject({
    code: 'not-found',
  })
  await resumeLoop(await makeMember(place.org, 'member'), id, 'once')
  const woken = await readRow<{ wakes: number }>(
    test_.db,
    place.org.orgId,
    sql`select wakes::int from ready where delegation_id = ${id}`,
  )
  expect(woken?.wakes).toBe(2)
})
