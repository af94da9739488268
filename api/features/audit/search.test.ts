import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditSlice } from '#shared/audit/contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { delegate } from '../delegations/index.ts'
import { cell } from './csv.ts'
import { exportTable } from './export-log.ts'
import { sealLog } from './seal-logs.ts'
import { listActors, searchLog } from './search-log.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

async function makeTeam() {
  const asked: OrgContext = await makeOrg(testDb.db)
  const sessionId = randomUUID()
  const origin = {
    ...{ requestId: 'req-1', address: '192.0.2.7', client: `Browser ${'x'.repeat(900)}` },
    proof: { kind: 'session', id: sessionId } as const,
  }
  const org = { ...asked, origin }
  const ids = await makeWorkspaces(asked, { Lead: { Writer: {} } })
  if (!ids.Lead || !ids.Writer) throw new Error('the team was not made')
  await makeWorkspaces(org, { '=2+3 "Sums", Inc.': {} })
  await delegate(org, { workspaceId: ids.Writer, task: 'one' })
  return { org, lead: ids.Lead, writer: ids.Writer, sessionId }
}

const find = async (org: OrgContext, slice: AuditSlice = {}) =>
  await searchLog(org, { orgId: org.orgId, limit: 100, ...slice })
const typesOf = async (org: OrgContext, slice: AuditSlice) =>
  (await find(org, slice)).entries.map(({ event }) => event.type)

test('tells who did what to whom, from where, and its place in the chain', async () => {
  const { org, writer, sessionId } = await makeTeam()
  const fresh = await find(org, { about: 'delegation' })
  expect(fresh.entries[0]?.hash).toBeNull()
  await sealLog(testDb.db, org.orgId)
  const { entries, names } = await find(org)
  const [queued, , , before] = entries
  expect(queued).toMatchObject({
    event: { type: 'delegation.queued', actor: { kind: 'person' }, payload: { workspaceId: writer } },
    origin: { name: 'Olga Owner', requestId: 'req-1', address: '192.0.2.7', proof: { kind: 'session', id: sessionId } },
  })
  expect(queued?.origin?.client).toHaveLength(300)
  expect(names).toMatchObject({ [writer]: 'Writer', [queued?.event.actor.id ?? '']: 'Olga Owner' })
  expect(queued?.hash?.before).toBe(entries[1]?.hash?.own)
  expect(queued?.hash?.own).toMatch(/^[0-9a-f]{64}$/)
  expect(before).toBeDefined()
})

test('is narrowed by who, what, where, when and words, also the names of whom it names', async () => {
  const { org, lead, writer } = await makeTeam()
  expect(await typesOf(org, { about: 'delegation' })).toEqual(['delegation.queued'])
  expect(await typesOf(org, { workspaceId: lead })).toEqual(['workspace.created'])
  expect(await typesOf(org, { actorKind: 'key' })).toEqual([])
  const owner = org.actor.kind === 'person' ? org.actor.userId : ''
  expect((await find(org, { actorId: owner })).entries.length).toBe((await find(org)).entries.length)
  expect(await typesOf(org, { text: 'wRiTer' })).toContain('delegation.queued')
  expect(await typesOf(org, { text: '100%' })).toEqual([])
  expect(await typesOf(org, { text: writer })).toContain('delegation.queued')
  expect(await typesOf(org, { until: '2001-01-01T00:00:00Z' })).toEqual([])
  const [actor] = await listActors(org)
  expect(actor).toEqual({ kind: 'person', id: owner, name: 'Olga Owner' })
})

test('comes page by page, nothing twice and nothing left out', async () => {
  const { org } = await makeTeam()
  const all = (await find(org)).entries.map(({ event }) => event.seq)
  const seen: number[] = []
  for (let cursor: number | undefined; ; ) {
    const page = await searchLog(org, { orgId: org.orgId, limit: 2, cursor })
    seen.push(...page.entries.map(({ event }) => event.seq))
    if (page.next === null) break
    cursor = page.next
  }
  expect(seen).toEqual(all)
})

test('of another org there is nothing to find', async () => {
  const { org } = await makeTeam()
  const other = await makeTeam()
  expect(await typesOf(org, { workspaceId: other.writer })).toEqual([])
  expect(await typesOf(org, { text: other.writer })).toEqual([])
})

test('as a table no cell is a formula', async () => {
  const { org } = await makeTeam()
  let table = ''
  for await (const line of await exportTable(org, {})) table += line
  expect(table.split('\r\n')[0]).toContain('actor_name')
  expect(table).toContain(`"'=2+3 ""Sums"", Inc.`)
  for (const evil of ['=1', '+1', '-1', '@x', '\t=1', '\r=1', ' =1', '＝1']) expect(cell(evil)).toBe(`"'${evil}"`)
  expect(cell(-4)).toBe('-4')
  expect(cell('a,b')).toBe('"a,b"')
})
