import { afterAll, beforeAll, expect, test } from 'vitest'
import { chooseServerSandbox, closeServerSandbox } from '#sandbox/server/choose.ts'
import { delegate } from './features/delegations/delegate.ts'
import { giveScript, untilState } from './testing/engine.ts'
import { makeOrg, makeWorkspaces } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { startWorker, type Worker } from './worker.ts'

const choice = await chooseServerSandbox()
if (choice.state === 'none') process.stdout.write(`skipped: running code: ${choice.reason}\n`)

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

test.skipIf(choice.state === 'none')(
  'an agent computes instead of guessing, and answers with what came out',
  async () => {
    const org = await makeOrg(database.db)
    const { Clerk } = await makeWorkspaces(org, { Clerk: {} })
    if (!Clerk) throw new Error('there is no clerk')
    const args = { language: 'python', code: 'print(sum(range(101)))' }
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
  },
)
