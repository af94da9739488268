import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WorkContext } from '#shared/delegations/journal.ts'
import { engineTools } from '../../gateway.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { messagesOf } from '../../runtimes/native/messages.ts'
import { giveScript, untilState, untilSteps } from '../../testing/engine.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { delegate } from './delegate.ts'
import { getDelegation } from './get-delegation.ts'
import { getTree } from './get-tree.ts'
import { getWindow } from './get-window.ts'
import { readRun } from './replay-store.ts'
import { sendMessage } from './send-message.ts'

let testDb: TestDb
let worker: Worker
beforeAll(async () => {
  testDb = await openTestDb()
  worker = startWorker({ db: testDb.db, onError: () => {} })
})
afterAll(async () => {
  await worker.stop()
  await testDb.close()
})

test('the window of a call is what the call was made of: to the letter, and nothing that came in after it', async () => {
  const org = await makeOrg(testDb.db)
  const { Lead } = await makeWorkspaces(org, { Lead: { Writer: {} } })
  if (!Lead) throw new Error('the team was not made')
  const { delegationId } = await delegate(org, { workspaceId: Lead, task: 'Write about tides [rehearse: slow 700]' })
  await untilSteps(org, delegationId, 1)
  await sendMessage(org, delegationId, { text: 'And about the moon.' })
  await untilState(org, delegationId)
  const run = await inSnapshot(org.db, org.orgId, (reader) => readRun(reader, delegationId))
  const calls = run?.journal.steps.filter(({ kind }) => kind === 'model') ?? []
  expect(calls.length).toBeGreaterThan(1)
  for (const { step } of calls) {
    const { parts, estimated } = await getWindow(org, { delegationId, step }, engineTools)
    if (!run) throw new Error('the run was not found')
    const context = WorkContext.parse(run.journal.steps.find(({ kind }) => kind === 'context')?.output)
    const sent = messagesOf({ ...run.journal, steps: run.journal.steps.slice(0, step) }, context)
    const shown = parts.filter(({ kind }) => kind !== 'tools')
    expect(textsIn(sent).join('')).toBe(shown.map(({ text }) => unspaced(text)).join(''))
    expect(parts.some(({ kind, text }) => kind === 'tools' && text.includes('delegate_task'))).toBe(true)
    expect(estimated).toBe(parts.reduce((sum, { tokens }) => sum + tokens, 0))
  }
  const of = async (step: number) => (await getWindow(org, { delegationId, step }, engineTools)).parts
  const said = (parts: Awaited<ReturnType<typeof of>>) => parts.filter(({ kind }) => kind === 'message')
  expect(said(await of(calls[0]?.step ?? 0))).toEqual([])
  expect(said(await of(calls.at(-1)?.step ?? 0))).toMatchObject([{ title: 'Said by Olga Owner' }])
})

test('a plan stands at the end of each later call as it is then, and counts as nobody’s words', async () => {
  const org = await makeOrg(testDb.db)
  const { Lead } = await makeWorkspaces(org, { Lead: {} })
  if (!Lead) throw new Error('the workspace was not made')
  const items = [
    { title: 'Read', items: [{ title: 'Sources' }] },
    { title: 'Write', items: [] },
  ]
  await giveScript(org, [
    {
      workspace: 'Lead',
      when: { always: true },
      turns: [
        { call: [{ tool: 'create_plan', args: { items } }] },
        { call: [{ tool: 'recall', args: { query: 'tides' } }] },
        { call: [{ tool: 'update_plan', args: { changes: [{ id: 1, state: 'done' }] } }] },
        { call: [{ tool: 'recall', args: { query: 'moons' } }] },
        { answer: 'Written.' },
      ],
    },
  ])
  const { delegationId } = await delegate(org, { workspaceId: Lead, task: 'Write about tides' })
  await untilState(org, delegationId, ['completed'])
  const run = await inSnapshot(org.db, org.orgId, (reader) => readRun(reader, delegationId))
  const calls = run?.journal.steps.filter(({ kind }) => kind === 'model') ?? []
  const reminders: (string | undefined)[] = []
  for (const { step } of calls) {
    const { parts } = await getWindow(org, { delegationId, step }, engineTools)
    const last = parts.filter(({ kind }) => kind !== 'tools').at(-1)
    reminders.push(last?.title === 'Its plan as it stands' ? last.text : undefined)
  }
  const head = 'Your plan as it stands, by number; change it with update_plan:'
  expect(reminders).toEqual([
    undefined,
    undefined, // The result before it is the plan.
    `${head}\n1. [todo] Read\n  2. [todo] Sources\n3. [todo] Write`,
    undefined,
    `${head}\n1. [done] Read\n  2. [todo] Sources\n3. [todo] Write`,
  ])

  // Work recorded before is shown as it was sent then.
  if (!run) throw new Error('the run was not found')
  const { showsPlan, ...before } = WorkContext.parse(run.journal.steps.find(({ kind }) => kind === 'context')?.output)
  expect(showsPlan).toBe(true)
  expect(JSON.stringify(messagesOf(run.journal, before))).not.toContain('Your plan as it stands')
})

/** All that the messages say, in their order, without the blank that joins parts of one message. */
function textsIn(messages: ReturnType<typeof messagesOf>): string[] {
  return messages.flatMap((message) => {
    if (message.role === 'system') return [unspaced(message.content)]
    return message.content.map((part) => {
      if (part.type === 'text') return unspaced(part.text)
      if (part.type === 'tool-call') return unspaced(JSON.stringify(part.input))
      return part.type === 'tool-result' && 'value' in part.output ? unspaced(String(part.output.value)) : ''
    })
  })
}

function unspaced(text: string): string {
  return text.replace(/\s+/g, '')
}

test('a step that is no model call has no window, and one of another org is not there', async () => {
  const org = await makeOrg(testDb.db)
  const { Solo } = await makeWorkspaces(org, { Solo: {} })
  if (!Solo) throw new Error('the workspace was not made')
  const { delegationId } = await delegate(org, { workspaceId: Solo, task: `Count ${randomUUID()}` })
  await untilState(org, delegationId)
  await expect(getWindow(org, { delegationId, step: 0 }, engineTools)).rejects.toMatchObject({ field: 'step' })
  await expect(getWindow(org, { delegationId, step: 99 }, engineTools)).rejects.toMatchObject({ code: 'not-found' })
  const other = await makeOrg(testDb.db)
  await expect(getWindow(other, { delegationId, step: 1 }, engineTools)).rejects.toMatchObject({ code: 'not-found' })
  await expect(getTree(other, delegationId)).rejects.toMatchObject({ code: 'not-found' })
})

test('the tree is the same from each of its parts', async () => {
  const org = await makeOrg(testDb.db)
  const { Lead } = await makeWorkspaces(org, { Lead: { Writer: {}, Reader: {} } })
  if (!Lead) throw new Error('the team was not made')
  const { delegationId } = await delegate(org, { workspaceId: Lead, task: 'Write about tides' })
  await untilState(org, delegationId)
  const { children } = await getDelegation(org, delegationId)
  const below = children[0]?.id ?? delegationId
  const [fromTop, fromBelow] = [await getTree(org, delegationId), await getTree(org, below)]
  expect(fromTop).toEqual(fromBelow)
  expect([fromTop.total, fromTop.delegations.map(({ depth }) => depth)]).toEqual([3, [0, 1, 1]])
})
