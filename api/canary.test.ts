import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ApprovalId, DelegationId, OrgId, UserId } from '#shared/kernel/ids.ts'
import { decideApproval } from './features/approvals/index.ts'
import { createRedactor } from './kernel/redact/create-redactor.ts'
import { formsOf } from './kernel/redact/forms.ts'
import { personInOrg } from './kernel/trpc.ts'
import { setKeyProvider } from './kernel/vault/of-db.ts'
import { openKeyProvider } from './kernel/vault/open-key-provider.ts'
import { type Running, startDelegraph } from './main.ts'
import { recordCassette } from './models/cassette.ts'
import { appRouter } from './router.ts'
import { calls } from './testing/access/calls.ts'
import { makeThings } from './testing/access/things.ts'
import { ask } from './testing/ask.ts'
import { startCanaryProvider } from './testing/canary-provider.ts'
import { setRehearsal, untilState } from './testing/engine.ts'
import { makeMember, makeWorkspaces } from './testing/factories.ts'
import { openStreamClient } from './testing/stream-client.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

const canary = 'ck-7Hq2Zr9Lm4+Xw8/Tn6&Vb3Ys5"Qd<1'
/** Every spelling, and either half: neither may stand anywhere. */
const needles = [...formsOf(canary).map(({ text: form }) => form), canary.slice(0, 13), canary.slice(-15)].map((form) =>
  form.toLowerCase(),
)
const mask = '[secret OPENAI_API_KEY]'
const keepsWords = ['approvals', 'delegations', 'files', 'memories', 'plans', 'schedules', 'steps'].map(
  (name) => `public.${name}`,
)
const base64 = (value: string) => Buffer.from(value).toString('base64')

let testDb: TestDb
let dataDir: string
let running: Running
let provider: Awaited<ReturnType<typeof startCanaryProvider>>
const searched: { exit: string; bytes: number }[] = []
const hits: string[] = []

beforeAll(async () => {
  provider = await startCanaryProvider({
    'You are Echo': [
      (key) => ({
        says: `I was given ${key} to work with.`,
        calls: [
          { name: 'remember', args: JSON.stringify({ text: `The key is ${base64(`x${key}`)}.` }) },
          { name: 'create_plan', args: JSON.stringify({ items: [{ title: `Use ${encodeURIComponent(key)}` }] }) },
          { name: 'recall', args: JSON.stringify({ query: key }) },
        ],
      }),
      (key) => ({
        says: JSON.stringify({ key }),
        calls: [
          { name: `send_${key}`, args: '{}' },
          { name: 'send_message_to_user', args: `{"message": "not JSON ${key}` },
          { name: 'delegate_task', args: JSON.stringify({ workspace: key, task: key }) },
          { name: 'run_code', args: JSON.stringify({ language: 'python', code: key, files: { [`${key}.txt`]: key } }) },
          { name: 'delegate_task', args: JSON.stringify({ workspace: 'Fail', task: `Take ${base64(key)}` }) },
        ],
      }),
      (key) => ({ calls: [{ name: 'send_message_to_user', args: JSON.stringify({ message: `It is ${key}` }) }] }),
      (key) => ({ says: `${Buffer.from(key).toString('hex')} ${key.toUpperCase()} ${key}` }),
    ],
    'You are Fail': [(key) => ({ fails: `The key ${key} is not known. ${'x'.repeat(3_960)}${key}` })],
  })
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `127.0.0.1:${provider.port}`)
  testDb = await openTestDb()
  dataDir = await mkdtemp(join(tmpdir(), 'delegraph-canary-'))
  running = await startDelegraph({ dataDir, port: 0, host: '127.0.0.1', databaseUrl: testDb.adminUrl })
  // This process as another node of the same installation.
  setKeyProvider(testDb.db, openKeyProvider({ dataDir, env: {} }))
})
afterAll(async () => {
  await running.stop()
  await testDb.close()
  provider.stop()
  vi.unstubAllEnvs()
  rmSync(dataDir, { recursive: true })
})

test('a secret that agents give away in every way turns up at no exit', { timeout: 120_000 }, async () => {
  const cookie = await signIn()
  const headers = { cookie, origin: running.url, 'content-type': 'application/json' }
  const post = async (path: string, input: object) => {
    const answer = await ask(`${running.url}/api/trpc/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
    })
    return { status: answer.status, body: answer.body, data: JSON.parse(answer.body).result?.data }
  }
  const get = (path: string, input: unknown) =>
    ask(`${running.url}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers })
  const { orgId } = orgIdOf((await post('orgs.create', { name: 'Canary' })).data)
  const owner = await ownerOf(orgId)
  const things = await makeThings(owner)
  const admin = await makeMember(owner, 'admin', 'Ada Admin')
  const stream = openStreamClient(`${running.url}/events/${orgId}`, { cookie }, 0)
  expect(await stream.opened).toBe(200)

  // Set on the server; this process hears of it by nothing but the database.
  const entries = [
    { name: 'OPENAI_API_KEY', value: canary },
    { name: 'OPENAI_BASE_URL', value: `http://127.0.0.1:${provider.port}/v1` },
  ]
  expect((await post('secrets.setMany', { orgId, workspaceId: null, entries })).status).toBe(200)
  await setRehearsal(owner, false)
  const model = { model: 'openai:gpt-4o' }
  const { Echo } = await makeWorkspaces(owner, { Echo: { Fail: {} } }, { Echo: model, Fail: model })
  if (!Echo) throw new Error('no workspace')
  const rule = { orgId, tool: 'send_message_to_user', workspaceId: Echo, maxTier: null, minCost: null }
  await post('approvals.setRule', { ...rule, expiresSeconds: 600, escalate: 'people' })

  // What people type travels too.
  const of = { orgId, workspaceId: Echo }
  const typed = [
    await post('memory.remember', { ...of, text: `Somebody pasted ${canary}` }),
    await post('schedules.create', { ...of, name: 'x', cron: '0 9 * * 1', timeZone: 'UTC', task: `With ${canary}` }),
    await post('files.save', {
      ...of,
      path: `notes/${Buffer.from(canary).toString('hex')}.md`,
      text: 'x',
      baseVersion: 0,
    }),
    await post('delegations.create', { ...of, task: `Please use ${canary}` }),
  ]
  expect(typed.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  const delegationId = DelegationId.parse(typed[3]?.data.delegationId)
  let ended = await untilState(owner, delegationId, ['waiting', 'completed', 'failed'], 30_000)
  for (let rounds = 0; ended.state === 'waiting'; rounds++) {
    if (rounds > 200) throw new Error(`it goes on waiting: ${ended.reason}`)
    const open = await testDb.asAdmin(
      `select id from approvals where delegation_id = '${delegationId}' and state = 'pending'`,
    )
    for (const { id: approvalId } of open)
      await decideApproval(admin, {
        approvalId: ApprovalId.parse(approvalId),
        decision: 'approved',
        reason: `So be it: ${canary}`,
      })
    ended = await untilState(owner, delegationId, ['waiting', 'completed', 'failed'], 30_000)
  }
  expect(ended).toMatchObject({ state: 'completed' })
  expect(ended.answer).toContain(mask)
  await post('delegations.message', { orgId, delegationId, text: canary })
  await post('snapshots.take', { orgId })

  for (const { body } of typed) seek('answers to what was typed', body)
  seek('what the model was sent', provider.bodies.join('\n'))
  const its = { ...things, orgId, workspaceId: Echo, delegationId }
  for (const [feature, ofFeature] of Object.entries(calls)) {
    for (const [name, { input }] of Object.entries(ofFeature)) {
      const path = `${feature}.${name}`
      if (!isQuery(path)) continue
      for (const given of [input(its), input(things)]) seek(`tRPC ${path}`, (await get(path, given)).body)
    }
  }
  seek('an error in words', (await post('delegations.create', { ...of, workspaceId: canary, task: canary })).body)
  seek('a refusal', (await post('workspaces.rename', { ...of, name: canary.repeat(40) })).body)
  seek(
    'an address that is not there',
    (await ask(`${running.url}/api/${encodeURIComponent(canary)}`, { headers })).body,
  )
  seek('SSE stream', await everythingOf(stream))
  const download = async (path: string) => await rawOf(`${running.url}${path}`, cookie)
  seek('audit export JSONL', (await download(`/api/orgs/${orgId}/audit`)).toString())
  seek('audit export CSV', (await download(`/api/orgs/${orgId}/audit?format=csv`)).toString())
  const [snapshot] = await testDb.asAdmin(
    `select id from snapshots where org_id = '${orgId}' order by taken_at desc limit 1`,
  )
  const file = await download(`/api/orgs/${orgId}/snapshots/${String(snapshot?.id)}`)
  seek('snapshot file', file[0] === 0x1f ? gunzipSync(file).toString() : file.toString())
  seek('the past', (await get('past.at', { orgId, moment: { seq: 10_000 } })).body)
  const masked: string[] = []
  for (const table of await tables()) {
    const rows = await dump(table)
    seek(`table ${table}`, rows)
    if (rows.includes(mask)) masked.push(table)
  }
  // It did get there, and was masked.
  expect(masked).toEqual(expect.arrayContaining(keepsWords))
  seek('server log', readFileSync(join(dataDir, 'logs/server.log'), 'utf8'))
  seek('data folder', everyFile(dataDir))
  const commands = [
    ['log', delegationId],
    ['log', delegationId, '--json'],
    ['replay', delegationId],
    ['audit', 'export', '--out', join(dataDir, 'slice.jsonl')],
    ['secrets', 'list'],
  ]
  await Promise.all(
    commands.map(async (args) => seek(`command ${args.join(' ')}`, await command([...args, '--org', orgId]))),
  )
  seek('exported slice', readFileSync(join(dataDir, 'slice.jsonl'), 'utf8'))
  seek('cassette', await cassette())
  seek('web bundle', everyFile(join(import.meta.dirname, '../dist')))

  const bytes = searched.reduce((sum, one) => sum + one.bytes, 0)
  const exits = new Set(searched.map(({ exit }) => exit))
  process.stdout.write(`searched ${exits.size} exits, ${bytes} bytes:\n${[...exits].map(line).join('\n')}\n`)
  expect(hits).toEqual([])
  expect(exits.size).toBeGreaterThan(20)
})

function line(exit: string): string {
  const bytes = searched.filter((one) => one.exit === exit).reduce((sum, one) => sum + one.bytes, 0)
  return `  ${exit}: ${bytes}`
}

function seek(exit: string, contents: string): void {
  searched.push({ exit, bytes: Buffer.byteLength(contents) })
  const low = contents.toLowerCase()
  for (const needle of needles) {
    const at = low.indexOf(needle)
    if (at >= 0) hits.push(`${exit}: …${contents.slice(Math.max(0, at - 80), at + needle.length + 20)}…`)
  }
}

function orgIdOf(data: { orgId?: string; id?: string }): { orgId: OrgId } {
  return { orgId: OrgId.parse(data.orgId ?? data.id) }
}

async function signIn(): Promise<string> {
  const token = new URL(running.signInUrl).hash.replace('#token=', '')
  const answer = await ask(`${running.url}/api/sign-in`, {
    method: 'POST',
    headers: { origin: running.url, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  return (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ')
}

async function ownerOf(orgId: OrgId) {
  const [member] = await testDb.asAdmin(`select user_id from members where org_id = '${orgId}'`)
  return await personInOrg(testDb.db, orgId, { id: UserId.parse(member?.user_id), name: 'Olga Owner' })
}

function isQuery(path: string): boolean {
  const procedures: Readonly<Record<string, { _def: { type: string } } | undefined>> = Object(appRouter._def.procedures)
  return procedures[path]?._def.type === 'query'
}

async function everythingOf(stream: ReturnType<typeof openStreamClient>): Promise<string> {
  const events: unknown[] = []
  for (let next = await stream.next(); next; next = await stream.next(500)) events.push(next)
  stream.kill()
  expect(events.length).toBeGreaterThan(20)
  return JSON.stringify(events)
}

async function rawOf(url: string, cookie: string): Promise<Buffer> {
  const response = await fetch(url, { headers: { cookie } })
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

async function tables(): Promise<string[]> {
  const rows = await testDb.asAdmin(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  )
  return rows.map(({ name }) => String(name))
}

/** Every column of every row as text; binary ones also as the text they may be. */
async function dump(table: string): Promise<string> {
  const rows = await testDb.asAdmin(`select to_jsonb(t)::text as row from ${table} t`)
  const whole = rows.map(({ row }) => String(row)).join('\n')
  const binary = [...whole.matchAll(/"\\\\x([0-9a-f]+)"/g)].map(([, hex = '']) =>
    Buffer.from(hex, 'hex').toString('latin1'),
  )
  return `${whole}\n${binary.join('\n')}`
}

function everyFile(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => statSync(join(folder, name)).isFile())
  return files.map((name) => `${name}\n${readFileSync(join(folder, name), 'latin1')}`).join('\n')
}

async function command(args: string[]): Promise<string> {
  const program = join(import.meta.dirname, 'cli/main.ts')
  const env = { ...process.env, DATABASE_URL: testDb.adminUrl }
  const child = spawn(process.execPath, [program, ...args, '--data-dir', dataDir], { env })
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  expect(`${args[0]}: ${errors}`).toBe(`${args[0]}: `)
  return `${out}\n${errors}`
}

/** What is recorded of a call for tests is masked as well. */
async function cassette(): Promise<string> {
  const path = join(dataDir, 'cassette.json')
  const redactor = createRedactor([{ name: 'OPENAI_API_KEY', value: canary }])
  const said = { type: 'text' as const, text: `It is ${base64(canary)}` }
  const none = { total: 1, noCache: undefined, cacheRead: undefined, cacheWrite: undefined }
  const usage = { inputTokens: none, outputTokens: { total: 1, text: undefined, reasoning: undefined } }
  const model = recordCassette(
    {
      ...{ specificationVersion: 'v4', provider: 'x', modelId: 'y', supportedUrls: {} },
      doGenerate: async () => ({
        content: [said],
        finishReason: { unified: 'stop', raw: 'stop' },
        usage,
        warnings: [],
      }),
      doStream: () => Promise.reject(new Error('not asked')),
    },
    path,
    (value) => redactor.json(value),
  )
  await model.doGenerate({ prompt: [{ role: 'user', content: [{ type: 'text', text: canary }] }] })
  return readFileSync(path, 'utf8')
}
