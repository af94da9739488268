import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyExport } from './features/audit/index.ts'
import { type Running, startDelegraph } from './main.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

let testDb: TestDb
let dataDir: string
let running: Running
let cookie: string
let orgId: string
beforeAll(async () => {
  testDb = await openTestDb()
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-files-'))
  running = await startDelegraph({ dataDir, port: 0, host: '127.0.0.1', databaseUrl: testDb.adminUrl })
  const token = new URL(running.signInUrl).hash.replace('#token=', '')
  const signedIn = await send('/api/sign-in', JSON.stringify({ token }), { 'content-type': 'application/json' })
  cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const orgs = await jsonOf(await ask('/api/trpc/orgs.list'))
  orgId = orgs.result.data[0].id
})
afterAll(async () => {
  await running.stop()
  await testDb.close()
  rmSync(dataDir, { recursive: true })
})

const jsonOf = async (answer: Response) => JSON.parse(await answer.text())
const ask = (path: string, headers: Record<string, string> = { cookie }) => fetch(`${running.url}${path}`, { headers })
const send = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = { cookie }) =>
  fetch(`${running.url}${path}`, { method: 'POST', body, headers: { origin: running.url, ...headers } })

test('a snapshot is downloaded as a file and restored from it into another org', async () => {
  const taken = await send('/api/trpc/snapshots.take', JSON.stringify({ orgId, name: 'Über "alles"' }), {
    ...{ cookie, 'content-type': 'application/json' },
  })
  const { id, bytes } = (await jsonOf(taken)).result.data
  const file = await ask(`/api/orgs/${orgId}/snapshots/${id}`)
  expect(file.headers.get('content-disposition')).toMatch(
    /^attachment; filename="-ber-alles-[\d-]+\.snapshot\.gz"; filename\*=UTF-8''%C3%9Cber%20%22alles%22-/,
  )
  const body = new Uint8Array(await file.arrayBuffer())
  expect(body.length).toBe(bytes)
  const restored = await jsonOf(await send('/api/snapshots/restore?name=Twin', body))
  expect(restored).toMatchObject({ name: 'Twin' })
  expect(restored.orgId).not.toBe(orgId)
  const refused = await send('/api/snapshots/restore', body.slice(0, 500))
  expect([refused.status, (await jsonOf(refused)).error.data.appError.field]).toEqual([400, 'file'])
})

test('the log is downloaded as a chain that can be verified, also in slices', async () => {
  const whole = await ask(`/api/orgs/${orgId}/audit`)
  expect(whole.headers.get('content-disposition')).toMatch(/delegraph-audit-[\d-]+\.jsonl/)
  expect(whole.body && (await verifyExport(Readable.fromWeb(whole.body)))).toMatchObject({ isWhole: true })
  const none = await (await ask(`/api/orgs/${orgId}/audit?since=2100-01-01T00:00:00Z`)).text()
  expect(none.trimEnd().split('\n')).toHaveLength(2)
  const wrong = await ask(`/api/orgs/${orgId}/audit?since=yesterday`)
  expect([wrong.status, (await jsonOf(wrong)).error.data.appError.field]).toEqual([400, 'since'])
})

test('nobody gets a file without a session, from another site, or of an org that is not theirs', async () => {
  const paths = [`/api/orgs/${orgId}/audit`, `/api/orgs/${orgId}/snapshots/${orgId}`]
  for (const path of paths) {
    expect((await ask(path, {})).status).toBe(401)
    expect((await ask(path, { cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await ask(path.replace(orgId, '01900000-0000-7000-8000-000000000000'))).status).toBe(404)
  }
  expect((await ask(`/api/orgs/${orgId}/snapshots/${orgId}`)).status).toBe(404)
  expect((await send('/api/snapshots/restore', 'x', {})).status).toBe(401)
  expect((await send('/api/snapshots/restore', 'x', { cookie, origin: 'http://evil.test' })).status).toBe(403)
})

test('a file of a conversation is kept without its secrets, and given to be kept, never to be shown', async () => {
  const json = { 'content-type': 'application/json', cookie }
  const call = async (name: string, input: object) =>
    await jsonOf(await send(`/api/trpc/${name}`, JSON.stringify(input), json))
  const value = 'hush-hush-and-nobody-knows-4711'
  await call('secrets.set', { orgId, name: 'HUSH_TOKEN', value })
  const list = await jsonOf(
    await ask(`/api/trpc/workspaces.list?input=${encodeURIComponent(JSON.stringify({ orgId }))}`),
  )
  const workspaceId = list.result.data.workspaces[0].id
  const content = Buffer.from(`<script>alert("${value}")</script>`).toString('base64')
  const given = { orgId, workspaceId, name: 'Über "alles".html', mediaType: 'text/html', content }
  const { result } = await call('chat.attach', given)
  expect(result.data).toMatchObject({ isMasked: true, missing: null })
  const answer = await ask(`/api/orgs/${orgId}/attachments/${result.data.id}`)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="-ber-alles-.html"; filename\*=UTF-8''/,
  )
  expect(await answer.text()).toBe('<script>alert("[secret HUSH_TOKEN]")</script>')
})
