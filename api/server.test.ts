import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Running, startDelegraph } from './main.ts'
import { type Answer, ask, type Question } from './testing/ask.ts'
import { openStreamClient } from './testing/stream-client.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

let testDb: TestDb
let dataDir: string
let running: Running
const options = () => ({ dataDir, port: 0, host: '127.0.0.1', databaseUrl: testDb.adminUrl })

beforeAll(async () => {
  testDb = await openTestDb()
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-server-'))
  running = await startDelegraph(options())
})
afterAll(async () => {
  await running.stop()
  await testDb.close()
  rmSync(dataDir, { recursive: true })
})

const at = (path: string, question?: Question) => ask(`${running.url}${path}`, question)
const tokenOf = (started: Running) => new URL(started.signInUrl).hash.replace('#token=', '')
const signInWith = (token: string, headers: Record<string, string> = {}) =>
  at('/api/sign-in', {
    method: 'POST',
    headers: { origin: running.url, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  })
const messageOf = (answer: Answer) => JSON.parse(answer.body).error.data.appError.message

/** A new link is printed by each start; a second server on the same data gives one without ending the first. */
async function freshToken(): Promise<string> {
  const another = await startDelegraph(options())
  await another.stop()
  return tokenOf(another)
}

async function signedIn(): Promise<string> {
  const answer = await signInWith(await freshToken())
  expect(answer.status).toBe(200)
  return cookieOf(answer)
}
const cookieOf = ({ headers }: Answer) => (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ')
const listOrgs = (cookie: string) => at('/api/trpc/orgs.list', { headers: { cookie } })
async function demoOrg(cookie: string): Promise<string> {
  const [org] = JSON.parse((await listOrgs(cookie)).body).result.data
  return org.id
}

describe('a sign-in link', () => {
  test('signs the owner in once, in their demo org, by a cookie that scripts and other sites cannot use', async () => {
    const token = tokenOf(running)
    const answer = await signInWith(token)
    expect(answer.status).toBe(200)
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^delegraph_[0-9a-f]{8}\.session_token=.+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
      ),
    ])
    const orgs = JSON.parse((await listOrgs(cookieOf(answer))).body).result.data
    expect(orgs).toMatchObject([{ role: 'owner', isRehearsal: true }])

    const again = await signInWith(token)
    expect(again.status).toBe(401)
    expect(again.headers['set-cookie']).toBeUndefined()
    expect(messageOf(again)).toContain('used already')
  })

  test('that two claim at the same moment lets one of them in', async () => {
    const token = await freshToken()
    const answers = await Promise.all(Array.from({ length: 6 }, () => signInWith(token)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401, 401])
  })

  test('is good for 15 minutes', async () => {
    const token = await freshToken()
    const rows = await testDb.asAdmin(
      `select max(expires_at) - now() between '14 minutes' and '15 minutes' as fits from auth.sign_in_links where used_at is null`,
    )
    expect(rows).toEqual([{ fits: true }])
    await testDb.asAdmin('update auth.sign_in_links set expires_at = now() where used_at is null')
    const answer = await signInWith(token)
    expect(answer.status).toBe(401)
    expect(messageOf(answer)).toContain('expired')
  })

  test('that is unknown or broken is refused in words', async () => {
    expect(messageOf(await signInWith('A'.repeat(43)))).toContain('not known')
    expect(messageOf(await signInWith(''))).toContain('not complete')
    const broken = await at('/api/sign-in', {
      method: 'POST',
      headers: { origin: running.url, 'content-type': 'application/json' },
      body: '{"token":',
    })
    expect(broken.status).toBe(400)
    expect(messageOf(broken)).toBe('The request cannot be read.')
  })

  test('is kept nowhere: not in the database, not in the log', async () => {
    const token = await freshToken()
    await signInWith(token)
    const rows = await testDb.asAdmin('select l::text from auth.sign_in_links l')
    expect(JSON.stringify(rows)).not.toContain(token)
    const log = readFileSync(join(dataDir, 'logs', 'server.log'), 'utf8')
    expect(log).toContain('/api/sign-in')
    expect(log).not.toContain(token)
    expect(statSync(join(dataDir, 'logs', 'server.log')).mode & 0o777).toBe(0o600)
  })
})

describe('a session', () => {
  test('that was signed out is over, and its streams end at once', async () => {
    const cookie = await signedIn()
    const stream = openStreamClient(`${running.url}/events/${await demoOrg(cookie)}`, { cookie })
    expect(await stream.opened).toBe(200)
    const out = await at('/api/sign-out', { method: 'POST', headers: { origin: running.url, cookie } })
    expect(out.status).toBe(200)
    while (await stream.next()) {}
    expect((await listOrgs(cookie)).status).toBe(401)
  })

  test('with a forged or foreign cookie is none', async () => {
    const cookie = await signedIn()
    expect((await listOrgs(cookie)).status).toBe(200)
    expect((await listOrgs(cookie.replace(/=(.{4})/, '=AAAA'))).status).toBe(401)
    expect((await listOrgs('better-auth.session_token=abc.def')).status).toBe(401)
    expect((await listOrgs('')).status).toBe(401)
  })
})

describe('requests that are not from our own page', () => {
  test('under another name are refused, whatever they ask', async () => {
    const cookie = await signedIn()
    const { port } = new URL(running.url)
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.evil.example:${port}`,
    ]) {
      for (const path of ['/', '/health', '/api/trpc/orgs.list', '/assets/x.js', '/sandbox-frame']) {
        expect((await at(path, { headers: { host, cookie } })).status, `${host} ${path}`).toBe(403)
      }
    }
    for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
      expect((await at('/health', { headers: { host } })).status, host).toBe(200)
    }
  })

  test('change nothing without our Origin', async () => {
    const cookie = await signedIn()
    const { port } = new URL(running.url)
    const origins = [
      undefined,
      'null',
      'https://evil.example',
      `http://localhost:${port}`,
      `https://127.0.0.1:${port}`,
      'http://127.0.0.1:1',
    ]
    for (const origin of origins) {
      const headers = { cookie, 'content-type': 'application/json', ...(origin && { origin }) }
      for (const path of ['/api/sign-out', '/api/sign-in', '/api/trpc/orgs.setContactPolicy']) {
        expect((await at(path, { method: 'POST', headers, body: '{}' })).status, `${origin} ${path}`).toBe(403)
      }
    }
    expect((await listOrgs(cookie)).status).toBe(200)
  })

  test('read nothing either: not the stream, not the data', async () => {
    const cookie = await signedIn()
    // The router takes capitals for the same.
    const paths = [`/events/${await demoOrg(cookie)}`, '/api/trpc/orgs.list', '/sandbox-frame', '/API/trpc/orgs.list']
    const from: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    ]
    for (const path of paths) {
      for (const headers of from) {
        expect((await at(path, { headers: { cookie, ...headers } })).status, `${path} ${JSON.stringify(headers)}`).toBe(
          403,
        )
      }
      expect((await at(path, { headers: { cookie, 'sec-fetch-site': 'same-origin' } })).status, path).toBe(200)
    }
  })

  test('may open the app by a link, but neither embed it nor load its parts', async () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    expect((await at('/sign-in', { headers: link })).status).not.toBe(403)
    expect((await at('/sign-in', { headers: { ...link, 'sec-fetch-dest': 'iframe' } })).status).toBe(403)
    const script = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' }
    expect((await at('/theme.js', { headers: script })).status).toBe(403)
  })
})

test('without a session there is nothing to see', async () => {
  const cookie = await signedIn()
  expect((await at(`/events/${await demoOrg(cookie)}`)).status).toBe(401)
  expect((await at('/events/nonsense', { headers: { cookie } })).status).toBe(404)
  expect((await at('/events/0199d0c0-0000-7000-8000-000000000000', { headers: { cookie } })).status).toBe(404)
  expect((await listOrgs('')).status).toBe(401)
})

test('every answer carries the security headers, errors included', async () => {
  const cookie = await signedIn()
  const post = { method: 'POST', headers: { origin: running.url, cookie, 'content-type': 'application/json' } }
  const asked: [string, Question?, number?][] = [
    ['/', {}],
    ['/health', {}, 200],
    ['/api/nothing', {}, 404],
    ['/api/trpc/no.such', { headers: { cookie } }, 404],
    ['/api/trpc/orgs.list', {}, 401],
    ['/api/trpc/orgs.list', { headers: { host: 'evil.example' } }, 403],
    ['/api/sign-in', { ...post, body: '{' }, 400],
    ['/api/sign-in', { ...post, body: JSON.stringify({ token: 'x'.repeat(20_000) }) }, 413],
    ['/assets/none.js', {}, 404],
    ['/%', {}, 400],
    ['/nothing.txt', {}, 404],
    ['/', { ...post, method: 'PUT' }, 404],
    [`/events/${await demoOrg(cookie)}`, { headers: { cookie } }, 200],
    ['/events/none', {}, 401],
  ]
  for (const [path, question, status] of asked) {
    const answer = await at(path, question)
    if (status) expect(answer.status, path).toBe(status)
    expect(answer.headers, path).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    })
    const policy = answer.headers['content-security-policy']
    expect(policy, path).toContain("script-src 'self' 'wasm-unsafe-eval';")
    expect(policy, path).not.toContain("'unsafe-eval'")
    expect(answer.headers['x-powered-by']).toBeUndefined()
    expect(answer.body).not.toMatch(/node_modules|\.ts:\d|at [\w.]+ \(/)
  }
})

test('the sandbox frame has a policy of its own, without our origin and without a network', async () => {
  const { headers, body } = await at('/sandbox-frame')
  expect(headers['content-security-policy']).toContain('sandbox allow-scripts')
  expect(headers['content-security-policy']).toContain("connect-src 'none'")
  expect(headers['cross-origin-embedder-policy']).toBe('require-corp')
  expect(headers['set-cookie']).toBeUndefined()
  expect(body).toMatch(/^<!doctype html>/)
})

test('what is too large or no JSON is refused in words', async () => {
  const cookie = await signedIn()
  const send = (headers: Record<string, string>, body: string) =>
    at('/api/trpc/orgs.setContactPolicy', {
      method: 'POST',
      headers: { origin: running.url, cookie, ...headers },
      body,
    })
  const form = await send({ 'content-type': 'application/x-www-form-urlencoded' }, 'a=b')
  expect([form.status, messageOf(form)]).toEqual([400, 'The body must be JSON.'])
  const large = await send({ 'content-type': 'application/json', 'content-length': String(13 * 1024 * 1024) }, '')
  expect([large.status, messageOf(large)]).toEqual([413, 'The request is larger than 12 MB.'])
})

describe('a start', () => {
  test('on a port in use names the flag, and what runs goes on', async () => {
    const port = Number(new URL(running.url).port)
    await expect(startDelegraph({ ...options(), port })).rejects.toMatchObject({ code: 'conflict', field: 'port' })
    expect((await at('/health')).status).toBe(200)
  })

  test('on an address that others can reach is refused with what to do', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.org']) {
      const start = startDelegraph({ ...options(), host })
      await expect(start).rejects.toMatchObject({
        code: 'bad-input',
        field: 'host',
        fix: expect.stringContaining('ssh -L'),
      })
    }
  })

  test('a second time keeps people, orgs and sessions', async () => {
    const cookie = await signedIn()
    const org = await demoOrg(cookie)
    await running.stop()
    running = await startDelegraph(options())
    expect(await demoOrg(cookie)).toBe(org)
    expect(JSON.parse((await listOrgs(cookie)).body).result.data).toHaveLength(1)
  })
})

test('health is red when the database is gone, and green again when it is back', async () => {
  expect((await at('/health')).status).toBe(200)
  const name = new URL(testDb.adminUrl).pathname.slice(1)
  await testDb.onServer(`alter database ${name} allow_connections false`)
  await testDb.onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
  const red = await at('/health')
  await testDb.onServer(`alter database ${name} allow_connections true`)
  expect([red.status, red.body]).toEqual([503, '{"status":"down"}'])
  await expect.poll(async () => (await at('/health')).status).toBe(200)
})
