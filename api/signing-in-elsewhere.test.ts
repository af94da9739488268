import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Running, startDelegraph } from './main.ts'
import { type AccountClient, openAccountClient } from './testing/account-client.ts'
import { type OidcIssuer, oidcClient, startOidcIssuer } from './testing/oidc-issuer.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

let testDb: TestDb
let dataDir: string
let running: Running
let issuer: OidcIssuer
const owner = { sub: 'owner-there', email: 'owner@example.com', email_verified: true, name: 'Owner' }
const names = [
  'DELEGRAPH_OIDC_ISSUER',
  'DELEGRAPH_OIDC_CLIENT_ID',
  'DELEGRAPH_OIDC_CLIENT_SECRET',
  'DELEGRAPH_OIDC_NAME',
]

beforeAll(async () => {
  testDb = await openTestDb()
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-oidc-'))
  issuer = await startOidcIssuer()
  const values = [issuer.url, oidcClient.clientId, oidcClient.clientSecret, 'Acme ID']
  for (const [index, name] of names.entries()) process.env[name] = values[index]
  running = await startDelegraph({ dataDir, port: 0, host: '127.0.0.1', databaseUrl: testDb.adminUrl })
})
afterAll(async () => {
  for (const name of names) delete process.env[name]
  await running.stop()
  await issuer.close()
  await testDb.close()
  rmSync(dataDir, { recursive: true })
})
beforeEach(async () => {
  await testDb.asAdmin(`delete from auth.attempts; delete from auth.account;
    update auth."user" set "email" = 'owner@example.com', "emailVerified" = true;
    delete from auth."user" where "id" not in (select user_id from auth.local_owner)`)
  issuer.person = owner
})
afterEach(() => {
  issuer.change = (claims) => claims
  issuer.isForging = false
})

const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
const begin = async (client: AccountClient): Promise<string> => JSON.parse((await client.post('oidc')).body).url
/** Goes there and comes back, as a browser follows another site's link: gives where it ends. */
async function goThere(client: AccountClient): Promise<string | undefined> {
  const back = new URL(issuer.consent(await begin(client)))
  const answer = await client.get(`${back.pathname}${back.search}`, link)
  expect(answer.status).toBe(303)
  return answer.headers.location
}
const isIn = async (client: AccountClient) => (await client.get('/api/account')).status === 200
const browser = () => openAccountClient(running.url)

test('the sign-in offers the provider, and its word on a proven address signs that person in', async () => {
  const client = browser()
  expect(JSON.parse((await client.get('/api/account/sign-in-options')).body).oidc).toEqual({ name: 'Acme ID' })
  const url = new URL(await begin(client))
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256' })
  expect(await goThere(client)).toBe('/')
  expect(JSON.parse((await client.get('/api/account')).body)).toMatchObject({
    email: 'owner@example.com',
    oidc: { name: 'Acme ID', isConnected: true },
  })
  // From then on the subject counts, not the address.
  issuer.person = { ...owner, email: 'renamed@example.com', email_verified: false }
  const again = browser()
  expect([await goThere(again), await isIn(again)]).toEqual(['/', true])
})

test('a stranger is refused while sign-up is closed, and leaves nothing behind', async () => {
  issuer.person = { sub: 'stranger', email: 'stranger@example.com', email_verified: true }
  const client = browser()
  expect([await goThere(client), await isIn(client)]).toEqual(['/sign-in#problem=stranger', false])
  const rows = await testDb.asAdmin('select from auth."user"')
  expect(rows).toHaveLength(1)
})

test('an address that one side has not proven connects nothing', async () => {
  issuer.person = { ...owner, email_verified: false }
  expect(await goThere(browser())).toBe('/sign-in#problem=unproven')
  issuer.person = owner
  await testDb.asAdmin('update auth."user" set "emailVerified" = false')
  const client = browser()
  expect([await goThere(client), await isIn(client)]).toEqual(['/sign-in#problem=connect-first', false])
})

test('who is signed in connects it to their account, whatever the address; a login belongs to one account', async () => {
  await testDb.asAdmin('update auth."user" set "emailVerified" = false')
  const client = browser()
  const another = await startDelegraph({ dataDir, port: 0, host: '127.0.0.1', databaseUrl: testDb.adminUrl })
  await another.stop()
  await client.postAt('/api/sign-in', { token: new URL(another.signInUrl).hash.replace('#token=', '') })
  issuer.person = { sub: 'private-login', email: 'private@example.com', email_verified: true }
  expect(await goThere(client)).toBe('/?settings=account')
  const elsewhere = browser()
  expect([await goThere(elsewhere), await isIn(elsewhere)]).toEqual(['/', true])
})

test('an answer counts once, in the browser that asked, and only as it was asked', async () => {
  const client = browser()
  const back = new URL(issuer.consent(await begin(client)))
  const path = `${back.pathname}${back.search}`
  // Somebody else's browser is led to the answer of this one.
  expect((await browser().get(path, link)).headers.location).toBe('/sign-in#problem=expired')
  const other = browser()
  await begin(other)
  expect((await other.get(path, link)).headers.location).toBe('/sign-in#problem=expired')
  expect((await client.get(path.replace(/state=[^&]*/, 'state=forged'), link)).headers.location).toContain('problem=')
  const fresh = new URL(issuer.consent(await begin(client)))
  expect((await client.get(`${fresh.pathname}${fresh.search}`, link)).headers.location).toBe('/')
  expect((await client.get(`${fresh.pathname}${fresh.search}`, link)).headers.location).toBe('/sign-in#problem=expired')
})

test.each([
  ['of another issuer', { iss: 'https://evil.example' }],
  ['for another application', { aud: 'another' }],
  ['for many, given to another', { aud: ['delegraph-test', 'another'], azp: 'another' }],
  ['that has expired', { exp: Math.floor(Date.now() / 1_000) - 3_600 }],
  ['of the future', { iat: Math.floor(Date.now() / 1_000) + 3_600 }],
  ['that answers another question', { nonce: 'another' }],
  ['without a nonce', { nonce: undefined }],
])('a token %s signs nobody in', async (_how, wrong) => {
  issuer.change = (claims) => ({ ...claims, ...wrong })
  const client = browser()
  expect([await goThere(client), await isIn(client)]).toEqual(['/sign-in#problem=failed', false])
})

test('a forged signature signs nobody in; a new key of the provider is found', async () => {
  issuer.isForging = true
  const client = browser()
  expect([await goThere(client), await isIn(client)]).toEqual(['/sign-in#problem=failed', false])
  issuer.isForging = false
  issuer.rotateKey()
  expect([await goThere(client), await isIn(client)]).toEqual(['/', true])
})

test('a provider that is down is said to be so, and works again when it is back', async () => {
  const client = browser()
  expect(await goThere(client)).toBe('/')
  issuer.isDown = true
  const lost = browser()
  const back = new URL(issuer.consent(await begin(lost)))
  expect((await lost.get(`${back.pathname}${back.search}`, link)).headers.location).toBe('/sign-in#problem=failed')
  issuer.isDown = false
  expect(await goThere(browser())).toBe('/')
})

test('the way back never leads to another site and shows nothing of the provider', async () => {
  const client = browser()
  await begin(client)
  const answer = await client.get('/sign-in/oidc?error=access_denied&error_description=<script>&state=x', link)
  expect(answer.headers.location).toMatch(/^\/sign-in#problem=[a-z-]+$/)
  const embedded = await client.get('/sign-in/oidc?code=x&state=y', { ...link, 'sec-fetch-dest': 'iframe' })
  expect(embedded.status).toBe(403)
})

test('who is signed out everywhere cannot come back with an account they began to connect before', async () => {
  const client = browser()
  await goThere(client)
  issuer.person = { sub: 'thief', email: 'thief@example.com', email_verified: true }
  const stolen = new URL(issuer.consent(await begin(client)))
  const victim = browser()
  issuer.person = owner
  await goThere(victim)
  expect((await victim.post('sessions/end-others')).status).toBe(200)
  issuer.person = { sub: 'thief', email: 'thief@example.com', email_verified: true }
  const back = await client.get(`${stolen.pathname}${stolen.search}`, link)
  expect(back.headers.location).toBe('/sign-in#problem=expired')
  const rows = await testDb.asAdmin(`select from auth.account where "accountId" = 'thief'`)
  expect(rows).toHaveLength(0)
})
