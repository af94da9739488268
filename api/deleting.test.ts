import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UserId, type WorkspaceId } from '#shared/kernel/ids.ts'
import { setRule } from './features/approvals/rules.ts'
import { setBudget } from './features/budgets/set-budget.ts'
import { cancelDelegation } from './features/delegations/cancel-delegation.ts'
import { delegate } from './features/delegations/delegate.ts'
import { endAllWork } from './features/delegations/index.ts'
import { remember } from './features/memory/remember.ts'
import { deleteOrg, eraseDeletedOrgs } from './features/orgs/delete-org.ts'
import { invitePerson } from './features/orgs/invite.ts'
import { createSchedule } from './features/schedules/create-schedule.ts'
import { takeSnapshot } from './features/snapshots/take-snapshot.ts'
import type { OrgContext } from './kernel/actor.ts'
import { personInOrg } from './kernel/trpc.ts'
import { seedDemo } from './seed.ts'
import { untilState } from './testing/engine.ts'
import { makeMember, makeWorkspaces } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { startWorker, type Worker } from './worker.ts'

let database: TestDb
let worker: Worker
const errors: unknown[] = []
beforeAll(async () => {
  database = await openTestDb()
  worker = startWorker({ db: database.db, onError: (error) => errors.push(error) })
})
afterAll(async () => {
  await worker.stop()
  await database.close()
  expect(errors).toEqual([])
})

/** An org in which nearly everything has happened once, with work under way. */
async function livelyOrg(): Promise<OrgContext> {
  const owner = { id: UserId.parse(randomUUID()), name: 'Olga Owner' }
  const org = await seedDemo(database.db, owner)
  if (!org) throw new Error('the demo was there already')
  await makeMember(org, 'admin')
  const { Lead: lead } = await makeWorkspaces(org, { Lead: { Writer: {} } })
  if (!lead) throw new Error('the team is not complete')
  await invitePerson(org, { email: `${randomUUID()}@example.com`, role: 'member' })
  await fill(org, lead)
  return org
}

async function fill(org: OrgContext, lead: WorkspaceId): Promise<void> {
  const { delegationId: done } = await delegate(org, { workspaceId: lead, task: 'Share it out' })
  await untilState(org, done)
  const { delegationId: cancelled } = await delegate(org, { workspaceId: lead, task: 'Never mind' })
  await cancelDelegation(org, cancelled)
  const limits = { money: 5_000_000, tokens: null, steps: null, seconds: null, toolCalls: null }
  await setBudget(org, { orgId: org.orgId, scope: 'org', workspaceId: null, period: 'day', limits })
  await setRule(org, { tool: 'delete_*', workspaceId: lead, maxTier: null, minCost: null })
  await remember(org, { workspaceId: lead, scope: 'LOCAL', kind: 'semantic', text: 'It rains.', importance: 0.5 })
  await createSchedule(org, {
    ...{ orgId: org.orgId, workspaceId: lead, name: 'Each morning', task: 'Say hello' },
    ...{ cron: '0 9 * * *', timeZone: 'UTC', priority: 'normal' },
  })
  await takeSnapshot(org, { name: 'Before' })
  for (let count = 0; count < 5; count++) await delegate(org, { workspaceId: lead, task: `Work ${count}` })
}

/** How many rows each table has of an org; tables are found in the catalogue, so that a new one cannot be forgotten. */
async function rowsOf(orgId: string): Promise<Map<string, number>> {
  const tables = await database.asAdmin(`
    select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'org_id'
       and table_name in (select table_name from information_schema.tables where table_type = 'BASE TABLE')`)
  const counted = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await database.asAdmin(`select count(*)::int as count from "${name}" where org_id = '${orgId}'`)
      return [String(name), Number(row?.count)] as const
    }),
  )
  const [org] = await database.asAdmin(`select count(*)::int as count from orgs where id = '${orgId}'`)
  return new Map([...counted, ['orgs', Number(org?.count)]])
}

async function nameOf({ orgId }: OrgContext): Promise<string> {
  const [row] = await database.asAdmin(`select name from orgs where id = '${orgId}'`)
  return String(row?.name)
}

async function untilErased(orgId: string): Promise<Map<string, number>> {
  for (let looks = 0; looks < 200; looks++) {
    await eraseDeletedOrgs(database.db, { patience: 0 })
    const rows = await rowsOf(orgId)
    if ((rows.get('orgs') ?? 0) === 0) return rows
  }
  throw new Error('it was never erased')
}

test('of a deleted org nothing is left in any table, although work was under way; its neighbour misses nothing', async () => {
  const [org, neighbour] = [await livelyOrg(), await livelyOrg()]
  const before = await rowsOf(org.orgId)
  const filled = [...before].filter(([, count]) => count > 0).map(([name]) => name)
  expect(filled.length).toBeGreaterThan(20)

  await deleteOrg(org, await nameOf(org), endAllWork)
  const { actor } = org
  if (actor.kind !== 'person') throw new Error('a person was expected')
  const person = { id: actor.userId, name: actor.name }
  await expect(personInOrg(database.db, org.orgId, person)).rejects.toMatchObject({ code: 'not-found' })
  expect([...(await untilErased(org.orgId))].filter(([, count]) => count > 0)).toEqual([])

  const left = await rowsOf(neighbour.orgId)
  for (const name of filled) expect(left.get(name), name).toBeGreaterThan(0)
})

test('only an owner deletes, in person, and only by typing the name', async () => {
  const org = await livelyOrg()
  const admin = await makeMember(org, 'admin')
  const name = await nameOf(org)
  await expect(deleteOrg(admin, name, endAllWork)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(deleteOrg(org, `${name}!`, endAllWork)).rejects.toMatchObject({ code: 'bad-input', field: 'name' })
  expect((await rowsOf(org.orgId)).get('members')).toBe(3)
  await deleteOrg(org, name, endAllWork)
  await expect(deleteOrg(org, name, endAllWork)).rejects.toMatchObject({ code: 'not-found' })
})
