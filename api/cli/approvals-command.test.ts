import { expect, test } from 'vitest'
import { setRule } from '../features/approvals/rules.ts'
import { delegate } from '../features/delegations/index.ts'
import { loadChart } from '../features/workspaces/index.ts'
import { inSnapshot } from '../kernel/db.ts'
import { untilState } from '../testing/engine.ts'
import { startWorker } from '../worker.ts'
import { openCommandLine } from './command-line.fixture.ts'

const cli = openCommandLine()

test('what waits is listed, approved and denied in the terminal; a second answer says what became of it', {
  timeout: 60_000,
}, async () => {
  await cli.importOrg('name: Shop\nworkspaces: [{ name: Lead, children: [{ name: Ann }] }]\n')
  expect((await cli.run(['approvals'])).out).toBe('Nothing waits for approval.\n')

  const org = await cli.owner()
  const { workspaces } = await inSnapshot(cli.testDb.db, org.orgId, loadChart)
  const lead = workspaces.find(({ name }) => name === 'Lead')
  if (!lead) throw new Error('no Lead')
  await setRule(org, { tool: 'delegate_task', workspaceId: null, maxTier: null, minCost: null, expiresSeconds: 5_400 })
  const worker = startWorker({ db: cli.testDb.db })
  const first = await delegate(org, { workspaceId: lead.id, task: 'Share it\nout' })
  await untilState(org, first.delegationId, ['waiting'])

  const listed = await cli.run(['approvals', '--org', 'Shop'])
  expect(listed.out).toContain('Lead wants to use delegate_task (1 h left)\n  Task: Share it out\n')
  const waits = JSON.parse((await cli.run(['approvals', '--json'])).out)
  expect(waits).toMatchObject({ orgId: org.orgId, pending: 1, approvals: [{ tool: 'delegate_task' }] })
  const { id } = waits.approvals[0]
  expect(await cli.run(['approve', id, '--reason', 'Go on'])).toMatchObject({
    status: 0,
    out: 'Approved: it goes on.\n',
  })
  expect((await untilState(org, first.delegationId)).state).toBe('completed')
  expect(await cli.run(['deny', id])).toMatchObject({ status: 1, error: expect.stringContaining('is over: approved') })

  const second = await delegate(org, { workspaceId: lead.id, task: 'Again' })
  await untilState(org, second.delegationId, ['waiting'])
  const again = JSON.parse((await cli.run(['approvals', '--json'])).out).approvals[0]
  const denied = await cli.run(['deny', again.id, '--reason', 'Too dear.', '--json'])
  expect(JSON.parse(denied.out)).toMatchObject({ approvalId: again.id, decision: 'denied', reason: 'Too dear.' })
  expect((await untilState(org, second.delegationId)).answer).toContain('Too dear.')
  await worker.stop()

  expect(await cli.run(['approve', 'all'])).toMatchObject({ status: 1, error: expect.stringContaining('is no id') })
  const unknown = '01890000-0000-7000-8000-000000000001'
  expect(await cli.run(['approve', unknown])).toMatchObject({
    status: 1,
    error: expect.stringContaining('There is no approval'),
  })
})
