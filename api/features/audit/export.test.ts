import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditSlice } from '#shared/audit/contract.ts'
import { parseLine } from '#shared/audit/export-line.ts'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { readLog, untilState } from '../../testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker } from '../../worker.ts'
import { delegate } from '../delegations/index.ts'
import { exportLog } from './export-log.ts'
import { verifyExport } from './verify-export.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

async function makeWork() {
  const org = await makeOrg(testDb.db)
  const ids = await makeWorkspaces(org, { Lead: { Writer: {} }, Other: {} })
  const [lead, other] = [WorkspaceId.parse(ids.Lead), WorkspaceId.parse(ids.Other)]
  const worker = startWorker({ db: testDb.db })
  const first = await delegate(org, { workspaceId: lead, task: 'Write about tides' })
  const second = await delegate(org, { workspaceId: other, task: 'Sum it up' })
  await untilState(org, first.delegationId)
  await untilState(org, second.delegationId)
  await worker.stop()
  return { org, lead, other, first: first.delegationId }
}

async function exported(org: OrgContext, slice: AuditSlice = {}): Promise<string[]> {
  const lines: string[] = []
  for await (const line of await exportLog(org, slice)) lines.push(line.trimEnd())
  return lines
}

const verify = (lines: readonly string[]) => verifyExport(Readable.from([Buffer.from(`${lines.join('\n')}\n`)]))
const entriesOf = (lines: readonly string[]) => lines.map((line) => JSON.parse(parseLine(line)?.entry ?? ''))
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

test('the whole log is exported in order, with names, and is verified as whole', async () => {
  const { org } = await makeWork()
  const log = await readLog(org)
  const lines = await exported(org)
  const verdict = await verify(lines)
  expect(verdict).toMatchObject({
    isWhole: true,
    lines: log.length + 2,
    headHash: parseLine(lines.at(-1) ?? '')?.sha256,
    end: { events: log.length, firstSeq: 1, lastSeq: log.length },
  })
  const [head, ...entries] = entriesOf(lines)
  expect(head).toMatchObject({ kind: 'head', org: { id: org.orgId, name: 'Test org' }, exportedBy: 'Olga Owner' })
  const events = entries.slice(0, -1)
  expect(events.map((event) => [event.seq, event.type])).toEqual(log.map((event) => [event.seq, event.type]))
  const queued = events.find((event) => event.type === 'delegation.queued')
  expect(Object.values(queued.names).toSorted()).toEqual(['Lead', 'Olga Owner'])
})

test('every tool call says who called, and hashes what it was given and what came of it', async () => {
  const { org } = await makeWork()
  const lines = await exported(org)
  const calls = entriesOf(lines).filter((entry) => entry.call)
  const steps = await readRows<{ args: string; text: string }>(
    testDb.db,
    org.orgId,
    sql`select input ->> 'args' as args, output ->> 'text' as text from steps where kind in ('tool', 'message')`,
  )
  expect(steps.length).toBeGreaterThan(0)
  for (const { args, text } of steps) {
    expect(calls.map((entry) => entry.call)).toContainEqual({
      ...{ tool: 'delegate_task', state: 'done', by: 'Lead' },
      ...{ argsSha256: sha256(args), resultSha256: sha256(text) },
    })
  }
  expect(lines.join('\n')).not.toContain('tides')
})

test('a slice has what happened in its time, to its workspace, in its work, from its cause', async () => {
  const { org, other, first } = await makeWork()
  const all = entriesOf(await exported(org)).slice(1, -1)
  const seqs = async (slice: AuditSlice) =>
    entriesOf(await exported(org, slice))
      .slice(1, -1)
      .map((entry) => entry.seq)
  const ofOther = await seqs({ workspaceId: other })
  expect(ofOther).toEqual(
    all.filter((one) => JSON.stringify([one.payload, one.actor]).includes(other)).map((one) => one.seq),
  )
  const chainId = all.find((one) => one.payload.delegationId === first)?.chain.id
  const ofChain = all.filter((one) => one.chain.id === chainId).map((one) => one.seq)
  expect(await seqs({ chainId })).toEqual(ofChain)
  const ofWork = await seqs({ delegationId: first })
  expect(ofWork).toEqual(
    all.filter((one) => one.chain.id === chainId && one.payload.delegationId).map((one) => one.seq),
  )
  const middle = all[Math.floor(all.length / 2)]
  const sides = [...(await seqs({ until: middle.at })), ...(await seqs({ since: middle.at }))]
  expect(sides.slice(0, all.length)).toEqual(all.map((one) => one.seq))
  expect((await verify(await exported(org, { since: '2100-01-01T00:00:00Z' }))).isWhole).toBe(true)
})

test('what was changed, taken out, moved, added or cut off is found at its line', async () => {
  const { org } = await makeWork()
  const lines = await exported(org)
  const at = (line: number) => ({ isWhole: false, line })
  expect(
    await verify(lines.map((line, n) => (n === 4 ? line.replace('"version":1', '"version":9') : line))),
  ).toMatchObject(at(5))
  expect(await verify(lines.toSpliced(3, 1))).toMatchObject(at(4))
  const [third = '', fourth = ''] = lines.slice(2, 4)
  expect(await verify(lines.toSpliced(2, 2, fourth, third))).toMatchObject(at(3))
  expect(await verify([...lines, third])).toMatchObject(at(lines.length + 1))
  expect(await verify(lines.slice(0, -1))).toMatchObject({
    isWhole: false,
    problem: expect.stringContaining('cut off'),
  })
  expect(await verify(['hello'])).toMatchObject(at(1))
  expect(await verify([''])).toMatchObject({ isWhole: false })
})

test('only managers export, and only from their org', async () => {
  const { org } = await makeWork()
  await expect(exportLog(await makeMember(org, 'member'), {})).rejects.toMatchObject({ code: 'forbidden' })
  const other = await makeWork()
  expect((await exported(other.org)).join('\n')).not.toContain(org.orgId)
  expect(await exported(org, { workspaceId: other.lead })).toHaveLength(2)
})
