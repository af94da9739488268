import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { UserId } from '#shared/kernel/ids.ts'
import { withSetting } from './kernel/database-url.ts'
import { createResetToken } from './kernel/identity/password-resets.ts'
import { openPool } from './kernel/pool.ts'
import { type Running, startDelegraph } from './main.ts'
import { type AccountClient, appErrorOf, openAccountClient } from './testing/account-client.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

let testDb: TestDb
let dataDir: string
let running: Running
let smtp: SMTPServer
const mails: string[] = []
let onMail = () => {}
const password = 'a long enough password'

beforeAll(async () => {
  testDb = await openTestDb()
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-reset-'))
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      text(stream).then((mail) => {
        mails.push(mail.replaceAll('=\r\n', '').replaceAll('=3D', '='))
        done()
        onMail()
      }, done)
    },
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  smtp.listen(0, '127.0.0.1', resolve)
  await promise
  const address = smtp.server.address()
  process.env.DELEGRAPH_SMTP_URL = `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  running = await startDelegraph({ dataDir, port: 0, host: '127.0.0.1', databaseUrl: testDb.adminUrl })
  const owner = openAccountClient(running.url)
  await owner.postAt('/api/sign-in', { token: new URL(running.signInUrl).hash.replace('#token=', '') })
  await owner.post('email', { email: 'owner@example.com', password: '' })
  expect((await owner.post('password', { current: '', next: password })).status).toBe(200)
})
afterAll(async () => {
  delete process.env.DELEGRAPH_SMTP_URL
  await running.stop()
  await new Promise<void>((closed) => smtp.close(() => closed()))
  await testDb.close()
  rmSync(dataDir, { recursive: true })
})
beforeEach(async () => {
  mails.length = 0
  await testDb.asAdmin('delete from auth.attempts; delete from auth.password_resets')
})

const client = () => openAccountClient(running.url)
const forgot = (email: string) => client().post('forgot-password', { email })
const mailed = () => new Promise<void>((resolve) => (onMail = resolve))
async function mailedToken(): Promise<string> {
  const arrives = mailed()
  await forgot('owner@example.com')
  await arrives
  return /#token=([\w-]{43})\s/.exec(mails.at(-1) ?? '')?.[1] ?? ''
}
const reset = (token: string, next: string) => client().post('reset-password', { token, password: next })
async function signIn(word: string): Promise<AccountClient> {
  const fresh = client()
  await fresh.post('sign-in', { email: 'owner@example.com', password: word })
  return fresh
}
const isIn = async (given: AccountClient) => (await given.get('/api/account')).status === 200

test('the answer is the same whether the address is known or not, and holds no link', async () => {
  const arrives = mailed()
  const known = await forgot(' Owner@Example.com')
  const unknown = await forgot('nobody@example.com')
  const bare = ({ status, body, headers }: typeof known) => ({ status, body, cookies: headers['set-cookie'] })
  expect(bare(unknown)).toEqual(bare(known))
  expect(known.body).toBe('{"ok":true}')
  await arrives
  expect(mails).toHaveLength(1)
  expect(mails[0]).toContain('To: owner@example.com')
  expect(mails[0]).toMatch(new RegExp(`${running.url.replaceAll('.', '\\.')}/reset-password#token=`))
})

test('the mailed link sets a password once, and ends every session', async () => {
  const before = await signIn(password)
  expect(await isIn(before)).toBe(true)
  const token = await mailedToken()
  expect(appErrorOf(await reset(token, 'short')).field).toBe('password')
  expect((await reset(token, 'an entirely new password')).status).toBe(200)
  expect(await isIn(before)).toBe(false)
  expect((await reset(token, 'yet another password')).status).toBe(401)
  expect([await isIn(await signIn(password)), await isIn(await signIn('an entirely new password'))]).toEqual([
    false,
    true,
  ])
  const rows = await testDb.asAdmin('select "emailVerified" from auth."user"')
  expect(rows).toEqual([{ emailVerified: true }])
  await reset(await mailedToken(), password)
})

test('an address that is proven first by the link keeps no other way in: who only typed it may have left one', async () => {
  const leaveWaysIn = `insert into auth."passkey" ("id", "publicKey", "userId", "credentialID", "counter", "deviceType", "backedUp")
      select 'left', 'key', user_id, 'credential', 0, 'singleDevice', false from auth.local_owner;
    insert into auth."account" ("id", "accountId", "providerId", "userId", "updatedAt")
      select 'left', 'stranger', 'oidc:elsewhere', user_id, now() from auth.local_owner`
  const waysLeft = async () =>
    await testDb.asAdmin(`select (select count(*)::int from auth."passkey") as passkeys,
      (select count(*)::int from auth."account" where "providerId" <> 'credential') as elsewhere`)
  await testDb.asAdmin(`update auth."user" set "emailVerified" = true; ${leaveWaysIn}`)
  await reset(await mailedToken(), password)
  expect(await waysLeft()).toEqual([{ passkeys: 1, elsewhere: 1 }])
  await testDb.asAdmin(`update auth."user" set "emailVerified" = false`)
  await reset(await mailedToken(), password)
  expect(await waysLeft()).toEqual([{ passkeys: 0, elsewhere: 0 }])
  expect(await isIn(await signIn(password))).toBe(true)
})

test('of many who use a link at one moment one is let through; a newer link ends with it', async () => {
  const older = await mailedToken()
  const token = await mailedToken()
  const answers = await Promise.all(Array.from({ length: 5 }, () => reset(token, password)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401])
  expect((await reset(older, password)).status).toBe(401)
})

test('a link ends after half an hour, and when the address changes', async () => {
  const late = await mailedToken()
  await testDb.asAdmin('update auth.password_resets set expires_at = now()')
  expect((await reset(late, password)).status).toBe(401)
  const token = await mailedToken()
  const owner = await signIn(password)
  expect((await owner.post('email', { email: 'owner2@example.com', password })).status).toBe(200)
  expect((await reset(token, password)).status).toBe(401)
  await owner.post('email', { email: 'owner@example.com', password })
})

test('a link proves the address it was mailed to, and no other that the account was given meanwhile', async () => {
  const connectionString = withSetting(testDb.authUrl, 'search_path', 'auth')
  const pool = openPool({ connectionString, max: 1, application_name: 'delegraph-reset-test' })
  const [owner] = await testDb.asAdmin('select user_id as id from auth.local_owner')
  const person = { id: UserId.parse(owner?.id), email: 'owner@example.com' }
  await testDb.asAdmin(`update auth."user" set "email" = 'victim@example.com', "emailVerified" = false`)
  const token = await createResetToken(pool, person, { isMailed: true }).finally(() => pool.end())
  expect((await reset(token, 'a password of the attacker')).status).toBe(401)
  expect(await testDb.asAdmin('select "emailVerified" from auth."user"')).toEqual([{ emailVerified: false }])
  await testDb.asAdmin(`update auth."user" set "email" = 'owner@example.com'`)
})

test('three mails an hour go to one address, whoever asks; the answer stays the same', async () => {
  for (let asked = 0; asked < 3; asked++) await mailedToken()
  const more = await forgot('owner@example.com')
  expect(more.body).toBe('{"ok":true}')
  await mailedOrNot()
  expect(mails).toHaveLength(3)
})

test('tokens are kept nowhere, and nothing that is read by GET uses one up', async () => {
  const token = await mailedToken()
  const rows = await testDb.asAdmin('select r::text from auth.password_resets r')
  expect(JSON.stringify(rows)).not.toContain(token)
  expect((await client().get(`/api/account/reset-password?token=${token}`)).status).toBe(404)
  expect((await reset(token, password)).status).toBe(200)
  expect(readFileSync(join(dataDir, 'logs', 'server.log'), 'utf8')).not.toContain(token)
})

test('without mail the person is told whom to ask, and the command line makes a link', async () => {
  const url = process.env.DELEGRAPH_SMTP_URL
  delete process.env.DELEGRAPH_SMTP_URL
  const refused = await forgot('owner@example.com')
  process.env.DELEGRAPH_SMTP_URL = url
  expect(refused.status).toBe(503)
  const program = join(import.meta.dirname, 'cli', 'main.ts')
  const args = ['reset-password', 'OWNER@example.com', '--json', '--url', running.url, '--data-dir', dataDir]
  const env = { ...process.env, DATABASE_URL: testDb.adminUrl }
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { env })
  const { link } = JSON.parse(stdout)
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/reset-password#token=[\w-]{43}$/)
  expect((await reset(new URL(link).hash.replace('#token=', ''), password)).status).toBe(200)
})

/** What was asked for is sent or left by the time another mail of the same server arrived. */
async function mailedOrNot(): Promise<void> {
  await testDb.asAdmin(`update auth."user" set "email" = 'marker@example.com'; delete from auth.attempts`)
  const arrives = mailed()
  await forgot('marker@example.com')
  await arrives
  mails.pop()
  await testDb.asAdmin(`update auth."user" set "email" = 'owner@example.com'`)
}
