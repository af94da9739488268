import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Running, startDelegraph } from './main.ts'
import { ask } from './testing/ask.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

let testDb: TestDb
let dataDir: string
let running: Running
/** Where the server listens, behind the proxy that people come through. */
let behind: string
const env = {
  DELEGRAPH_PUBLIC_URL: 'https://graph.example',
  DELEGRAPH_SIGN_UP: 'open',
  DELEGRAPH_SIGN_UP_PUBLIC: 'yes',
}

beforeAll(async () => {
  testDb = await openTestDb()
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-public-'))
  Object.assign(process.env, env)
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  behind = `http://127.0.0.1:${port}`
  running = await startDelegraph({ dataDir, port, host: '127.0.0.1', databaseUrl: testDb.adminUrl })
})
afterAll(async () => {
  for (const name of Object.keys(env)) delete process.env[name]
  await running.stop()
  await testDb.close()
  rmSync(dataDir, { recursive: true })
})

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  ask(`${behind}${path}`, {
    method: 'POST',
    headers: {
      ...{ host: 'graph.example', origin: 'https://graph.example' },
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(body),
  })

test('links lead to the public address, and cookies go back by https only', async () => {
  expect(running.signInUrl).toMatch(/^https:\/\/graph\.example\/sign-in#token=/)
  const answer = await post('/api/sign-in', { token: new URL(running.signInUrl).hash.replace('#token=', '') })
  expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(/; Secure(;|$)/)])
})

test('exactly that host and that origin are answered', async () => {
  const body = { email: 'nobody@example.com', password: 'a long enough password' }
  expect((await post('/api/account/sign-in', body)).status).toBe(401)
  for (const origin of ['http://graph.example', 'https://graph.example:8443', 'https://evil.example', 'null']) {
    expect((await post('/api/account/sign-in', body, { origin })).status, origin).toBe(403)
  }
  for (const host of ['evil.example', 'graph.example.evil.example', 'graph.example:8443']) {
    expect((await post('/api/account/sign-in', body, { host })).status, host).toBe(403)
  }
})

test('where sign-up was opened somebody makes an account and is signed in; an address has one', async () => {
  const person = { name: 'Neo', email: 'neo@example.com', password: 'a long enough password' }
  const made = await post('/api/account/sign-up', person)
  expect(made.status).toBe(200)
  const cookie = (made.headers['set-cookie'] ?? []).map((each) => each.split(';')[0]).join('; ')
  const account = await ask(`${behind}/api/account`, { headers: { host: 'graph.example', cookie } })
  expect(JSON.parse(account.body)).toMatchObject({ email: 'neo@example.com', passkey: { isOffered: true } })
  expect((await post('/api/account/sign-up', person)).status).toBe(409)
})
