import { expect, test } from 'vitest'
import { delegate } from '../features/delegations/index.ts'
import { loadChart } from '../features/workspaces/index.ts'
import { inSnapshot, inTransaction } from '../kernel/db.ts'
import { sql } from '../kernel/sql.ts'
import { untilState } from '../testing/engine.ts'
import { startWorker } from '../worker.ts'
import { openCommandLine } from './command-line.fixture.ts'

const cli = openCommandLine()

test('recorded work is logged and replayed in the terminal, one or all, and what differs ends it with 2', {
  timeout: 60_000,
}, async () => {
  await cli.importOrg('name: Shop\nworkspaces: [{ name: Lead, children: [{ name: Ann }] }]\n')

  const org = await cli.owner()
  const { workspaces } = await inSnapshot(cli.testDb.db, org.orgId, loadChart)
  const lead = workspaces.find(({ name }) => name === 'Lead')
  if (!lead) throw new Error('no Lead')
  const worker = startWorker({ db: cli.testDb.db })
  const { delegationId } = await delegate(org, { workspaceId: lead.id, task: 'Share it' })
  await untilState(org, delegationId)
  await worker.stop()

  expect((await cli.run(['replay'])).out).toBe('The same, byte for byte: all 2 delegations.\n')
  expect((await cli.run(['log', delegationId])).out).toContain('\n    Ann: ')
  expect(JSON.parse((await cli.run(['log', delegationId, '--json'])).out).total).toBe(2)
  const events = (await cli.run(['replay', delegationId, '--events'])).out.trim().split('\n')
  expect(JSON.parse(events[0] ?? '')).toEqual({ event: 'given', task: 'Share it' })

  await inTransaction(org, (tx) =>
    tx.rows(sql`update delegations set answer = 'Another' where org_id = ${tx.orgId} and id = ${delegationId}`),
  )
  const differing = await cli.run(['replay', delegationId])
  expect(differing).toMatchObject({ status: 2, out: expect.stringContaining('"answer":"Another"') })
})
