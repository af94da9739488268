import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { toolName } from '#shared/mcp/tool-name.ts'
import { decideApproval } from './features/approvals/index.ts'
import { listApprovals } from './features/approvals/list-approvals.ts'
import { setRule } from './features/approvals/rules.ts'
import { getDelegation } from './features/delegations/get-delegation.ts'
import { delegate } from './features/delegations/index.ts'
import { approveTools } from './features/mcp/approve.ts'
import { addServer, closeLinks, listServers, tryServer } from './features/mcp/index.ts'
import { getUsage } from './features/secrets/get-usage.ts'
import { listSecrets, setSecrets, writeUses } from './features/secrets/index.ts'
import { controlWorkspace } from './features/workspaces/control-workspace.ts'
import type { OrgContext } from './kernel/actor.ts'
import { giveScript, untilState } from './testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from './testing/factories.ts'
import { openChangingServer } from './testing/mcp/changing-server.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { startWorker, type Worker } from './worker.ts'

let testDb: TestDb
let worker: Worker
let remote: Awaited<ReturnType<typeof openChangingServer>>
const signal = AbortSignal.timeout(120_000)

beforeAll(async () => {
  testDb = await openTestDb()
  remote = await openChangingServer([{ name: 'weather', description: 'Tells the weather.' }])
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', remote.host)
  worker = startWorker({ db: testDb.db })
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await worker.stop()
  await closeLinks(testDb.db)
  await remote.close()
  await testDb.close()
})

async function ready() {
  const org = await makeOrg(testDb.db)
  const { Solo } = await makeWorkspaces(org, { Solo: {} })
  if (!Solo) throw new Error('no workspace')
  const transport = { kind: 'http' as const, url: remote.url, headers: {} }
  const { serverId } = await addServer(org, { name: 'sky', transport, reach: { kind: 'everyone' }, timeoutSeconds: 20 })
  await tryServer(org, serverId, signal)
  const [server] = (await listServers(org)).servers
  await approveTools(org, { serverId, hash: server?.seen?.hash ?? '' })
  await giveScript(org, [
    {
      workspace: 'Solo',
      when: { always: true },
      turns: [{ call: [{ tool: 'sky__weather' }] }, { answer: '{results}' }],
    },
  ])
  return { org, workspaceId: Solo }
}

async function toolStep(org: OrgContext, delegationId: DelegationId) {
  return (await getDelegation(org, delegationId)).steps.find(({ kind }) => kind === 'tool')
}

const calls = () => remote.seen.filter(({ method }) => method === 'tools/call').length

test('a rule that asks holds for a tool of a server as for any other: nothing is called before the yes', async () => {
  const { org, workspaceId } = await ready()
  await setRule(org, { tool: 'sky__*', workspaceId: null, maxTier: null, minCost: null })
  const giver = await makeMember(org, 'member')
  const before = calls()
  const { delegationId } = await delegate(giver, { workspaceId, task: 'Ask' })
  await untilState(org, delegationId, ['waiting'])
  expect(calls()).toBe(before)
  const [question] = (await listApprovals(org, { which: 'pending', limit: 10 })).approvals
  if (!question) throw new Error('nobody was asked')
  expect(question.tool).toBe('sky__weather')
  await decideApproval(org, { approvalId: question.id, decision: 'approved', reason: '' })
  await untilState(org, delegationId)
  expect(await toolStep(org, delegationId)).toMatchObject({ state: 'done' })
  expect(calls()).toBe(before + 1)
})

test('in a frozen workspace it is refused, whatever its server claims of it', async () => {
  const { org, workspaceId } = await ready()
  await controlWorkspace(org, { workspaceId, verb: 'freeze' })
  const before = calls()
  const { delegationId } = await delegate(org, { workspaceId, task: 'Ask' })
  await untilState(org, delegationId)
  expect(await toolStep(org, delegationId)).toMatchObject({ state: 'failed', error: expect.stringMatching(/frozen/) })
  expect(calls()).toBe(before)
})

test('a secret with which a server is reached for the whole organisation is used by that server', async () => {
  const org = await makeOrg(testDb.db)
  const [secret] = await setSecrets(org, {
    workspaceId: null,
    entries: [{ name: 'SKY_TOKEN', value: 'of-the-sky-1234' }],
  })
  if (!secret) throw new Error('no secret')
  const headers = { authorization: 'Bearer {{secret SKY_TOKEN}}' }
  const transport = { kind: 'http' as const, url: remote.url, headers }
  const { serverId } = await addServer(org, { name: 'sky', transport, reach: { kind: 'everyone' }, timeoutSeconds: 20 })
  for (const _ of [1, 2]) await tryServer(org, serverId, signal)
  expect(remote.seen.at(-1)?.headers.authorization).toBe('Bearer of-the-sky-1234')
  await writeUses(org.db)
  expect((await listSecrets(org)).secrets).toMatchObject([
    { usedBy: 0, usedByServers: 1, lastUsedAt: expect.any(String) },
  ])
  const { uses } = await getUsage(org, secret.secretId)
  expect(uses.reduce((sum, { count }) => sum + count, 0)).toBe(2)
  expect(new Set(uses.map(({ by }) => JSON.stringify(by))).size).toBe(1)
  expect(uses[0]?.by).toEqual({ kind: 'mcp-server', id: serverId, name: 'sky' })
  const stranger = await makeOrg(testDb.db)
  await expect(getUsage(stranger, secret.secretId)).rejects.toMatchObject({ code: 'not-found' })
})

test('a failure the server tells is a failure of the call, and what is no text is named', async () => {
  const { org, workspaceId } = await ready()
  remote.answerWith(() => ({ isError: true, content: [{ type: 'text', text: 'No such place.' }] }))
  const failed = await delegate(org, { workspaceId, task: 'Ask' })
  await untilState(org, failed.delegationId)
  expect(await toolStep(org, failed.delegationId)).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/No such place/),
  })
  remote.answerWith(() => ({
    content: [
      { type: 'image', data: 'A'.repeat(4_000), mimeType: 'image/png' },
      { type: 'text', text: 'x'.repeat(150_000) },
    ],
  }))
  const long = await delegate(org, { workspaceId, task: 'Ask' })
  await untilState(org, long.delegationId)
  const text = JSON.stringify((await toolStep(org, long.delegationId)) ?? '')
  expect(text).toContain('[image, image/png, 3 kB: not shown]')
  expect(text.length).toBeLessThan(105_000)
})

test('a call that is not found over a session without an id may have been done, so it is not made twice', async () => {
  remote.forgetIdsAndCalls()
  const { org, workspaceId } = await ready()
  const before = calls()
  const { delegationId } = await delegate(org, { workspaceId, task: 'Ask' })
  await untilState(org, delegationId)
  expect(await toolStep(org, delegationId)).toMatchObject({
    state: 'failed',
    error: expect.stringMatching(/status 404/),
  })
  expect(calls()).toBe(before + 1)
})

test('a list in which two tools come to one name is refused, for a rule or a yes to one would hold for the other', async () => {
  const [one, other] = ['=@>< .', '=,%@;.']
  expect(toolName('sky', one)).toBe(toolName('sky', other))
  remote.offer([
    { name: one, description: 'Reads.' },
    { name: other, description: 'Deletes.' },
  ])
  await expect(ready()).rejects.toThrow(/two tools that agents would call by the same name/)
})
