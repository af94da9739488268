import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Running, startDelegraph } from './main.ts'
import { type AccountClient, appErrorOf, openAccountClient, totp } from './testing/account-client.ts'
import { openStreamClient } from './testing/stream-client.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

let testDb: TestDb
let dataDir: string
let running: Running
const password = 'a long enough password'

beforeAll(async () => {
  testDb = await openTestDb()
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-signing-in-'))
  running = await startDelegraph({ dataDir, port: 0, host: '127.0.0.1', databaseUrl: testDb.adminUrl })
  const owner = openAccountClient(running.url)
  await owner.postAt('/api/sign-in', { token: new URL(running.signInUrl).hash.replace('#token=', '') })
  expect((await owner.post('email', { email: 'Owner@Example.com', password: '' })).status).toBe(200)
  expect((await owner.post('password', { current: '', next: password })).status).toBe(200)
})
afterAll(async () => {
  await running.stop()
  await testDb.close()
  rmSync(dataDir, { recursive: true })
})
beforeEach(() => testDb.asAdmin('delete from auth.attempts'))

const client = (agent?: string) => openAccountClient(running.url, agent)
const signIn = (given: AccountClient, word = password, email = 'owner@example.com') =>
  given.post('sign-in', { email, password: word })
async function signedIn(agent?: string): Promise<AccountClient> {
  const fresh = client(agent)
  const answer = await signIn(fresh)
  expect(answer.status, answer.body).toBe(200)
  return fresh
}
const account = async (given: AccountClient) => JSON.parse((await given.get('/api/account')).body)
const isIn = async (given: AccountClient) => (await given.get('/api/account')).status === 200

test('every answer says whose session it was asked in, and a page of somebody else is refused', async () => {
  const owner = await signedIn()
  const answer = await owner.get('/api/trpc/orgs.list')
  const whose = `${answer.headers['delegraph-person']}`
  expect(answer.status).toBe(200)
  expect((await owner.get('/api/trpc/orgs.list', { 'delegraph-person': whose })).status).toBe(200)
  const other = await owner.get('/api/trpc/orgs.list', { 'delegraph-person': 'somebody-else' })
  expect(other.status).toBe(401)
  expect(other.headers['delegraph-person']).toBe(whose)
})

describe('a password', () => {
  test('signs in, however the address is written, by a cookie that scripts and other sites cannot use', async () => {
    const answer = await signIn(client(), password, '  OWNER@example.COM ')
    expect(JSON.parse(answer.body)).toEqual({ kind: 'signed-in' })
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/\.session_token=.+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/),
    ])
    expect(answer.body).not.toContain('token')
  })

  test('that is wrong, and an address nobody has, get one answer after about the same time', async () => {
    const timed = async (email: string) => {
      const began = performance.now()
      const answer = await signIn(client(), 'not the right password', email)
      return { ms: performance.now() - began, status: answer.status, error: JSON.parse(answer.body).error }
    }
    // The quicker of two: what else the machine does counts for neither.
    const quicker = async (email: string) => [await timed(email), await timed(email)].sort((a, b) => a.ms - b.ms)[0]
    const [wrong, unknown] = [await quicker('owner@example.com'), await quicker('nobody@example.com')]
    if (!wrong || !unknown) throw new Error('no answer came')
    expect(wrong.status).toBe(401)
    expect({ ...unknown, ms: 0 }).toEqual({ ...wrong, ms: 0 })
    // Both are a hash, tens of milliseconds; an answer without one takes two.
    expect(unknown.ms / wrong.ms).toBeGreaterThan(0.3)
    expect(unknown.ms / wrong.ms).toBeLessThan(3)
  })

  test('that is guessed ten times closes the account to guessing, and says for how long; others are not touched', async () => {
    const statuses: number[] = []
    for (let tries = 0; tries < 11; tries++) {
      const { status, headers } = await signIn(client(), `wrong password ${tries}`)
      statuses.push(status)
      if (status === 429) expect(Number(headers['retry-after'])).toBeGreaterThan(800)
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
    expect((await signIn(client())).status).toBe(429)
    expect((await signIn(client(), password, 'nobody@example.com')).status).toBe(401)
  })

  test('that many guess at one moment is tried no oftener', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => signIn(client(), `wrong password ${i}`)))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10)
  })

  test('from one address is tried at most fifty times, whoever is guessed', async () => {
    expect((await signIn(client(), 'wrong password', 'n1@example.com')).status).toBe(401)
    await testDb.asAdmin('update auth.attempts set used = 49 where used = 1')
    expect((await signIn(client(), 'wrong password', 'n2@example.com')).status).toBe(401)
    expect((await signIn(client(), 'wrong password', 'n3@example.com')).status).toBe(429)
  })

  test('is changed only by who knows it, and ends all other sessions and their streams', async () => {
    const [here, there] = [await signedIn(), await signedIn()]
    const refused = await here.post('password', { current: 'not my password', next: 'another long password' })
    expect([refused.status, appErrorOf(refused).field]).toEqual([400, 'password'])
    const short = await here.post('password', { current: password, next: 'short' })
    expect(appErrorOf(short).message).toContain('12')

    const [org] = JSON.parse((await there.get('/api/trpc/orgs.list')).body).result.data
    const stream = openStreamClient(`${running.url}/events/${org.id}`, { cookie: there.cookie() })
    expect(await stream.opened).toBe(200)
    expect((await here.post('password', { current: password, next: 'another long password' })).status).toBe(200)
    while (await stream.next()) {}
    expect([await isIn(here), await isIn(there)]).toEqual([true, false])
    expect((await here.post('password', { current: 'another long password', next: password })).status).toBe(200)
  })

  test('is kept nowhere: not in the database, not in the log', async () => {
    await signedIn()
    const rows = await testDb.asAdmin('select a::text from auth.account a')
    const log = readFileSync(join(dataDir, 'logs', 'server.log'), 'utf8')
    expect(JSON.stringify(rows)).not.toContain(password)
    expect(log).not.toContain(password)
    expect(log).not.toContain('owner@example.com')
  })
})

describe('nobody', () => {
  test('makes an account while sign-up is closed', async () => {
    const answer = await client().post('sign-up', { name: 'Stranger', email: 's@example.com', password })
    expect(answer.status).toBe(403)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  test('without a session sees or changes an account, before the body is looked at', async () => {
    expect((await client().get('/api/account')).status).toBe(401)
    const paths = ['name', 'email', 'password', 'second-factor/start', 'second-factor/confirm', 'second-factor/stop']
    const more = ['backup-codes', 'passkeys/challenge', 'passkeys/add', 'passkeys/rename', 'passkeys/remove']
    for (const path of [...paths, ...more, 'sessions/end', 'sessions/end-others']) {
      expect((await client().post(path, '{not even json')).status, path).toBe(401)
    }
  })

  test('reaches the routes of the library itself', async () => {
    const someone = await signedIn()
    for (const path of ['/api/auth/sign-up/email', '/api/auth/get-session', '/sign-up/email', '/api/sign-up/email']) {
      expect((await someone.postAt(path, { email: 'x@example.com', password, name: 'x' })).status, path).toBe(404)
    }
  })
})

describe('sessions', () => {
  test('are listed by device, ended one by one or all but this one, and their streams end at once', async () => {
    await testDb.asAdmin('delete from auth.session')
    const here = await signedIn()
    const phone = await signedIn('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1')
    const other = await signedIn('curl/8.0')
    const { sessions } = await account(here)
    const devices = sessions.map(({ device, isThis }: { device: string; isThis: boolean }) => [device, isThis])
    expect(devices).toHaveLength(3)
    expect(devices).toEqual(
      expect.arrayContaining([
        ['Firefox on Linux', true],
        ['Safari on iPhone', false],
        ['curl/8.0', false],
      ]),
    )
    const [org] = JSON.parse((await phone.get('/api/trpc/orgs.list')).body).result.data
    const stream = openStreamClient(`${running.url}/events/${org.id}`, { cookie: phone.cookie() })
    expect(await stream.opened).toBe(200)
    const { id } = sessions.find(({ device }: { device: string }) => device === 'Safari on iPhone')
    expect((await here.post('sessions/end', { id })).status).toBe(200)
    while (await stream.next()) {}
    expect([await isIn(phone), await isIn(other)]).toEqual([false, true])
    expect((await here.post('sessions/end', { id })).status).toBe(404)
    expect(JSON.parse((await here.post('sessions/end-others')).body)).toEqual({ ended: 1 })
    expect([await isIn(here), await isIn(other)]).toEqual([true, false])
  })

  test('of another person answer as those that are not there', async () => {
    await testDb.asAdmin(`insert into auth."user" ("id", "name", "email", "emailVerified")
      values ('0199d0c0-0000-7000-8000-00000000000a', 'Other', 'other@example.com', true)`)
    await testDb.asAdmin(`insert into auth."session" ("id", "expiresAt", "token", "updatedAt", "userId")
      values ('0199d0c0-0000-7000-8000-00000000000b', now() + interval '1 day', 'token-of-other', now(), '0199d0c0-0000-7000-8000-00000000000a')`)
    const here = await signedIn()
    const theirs = await here.post('sessions/end', { id: '0199d0c0-0000-7000-8000-00000000000b' })
    const none = await here.post('sessions/end', { id: '0199d0c0-0000-7000-8000-00000000000c' })
    expect([theirs.status, theirs.body]).toEqual([404, none.body])
  })
})

describe('a second factor', () => {
  test('is asked for once it is on; a code opens one session; backup codes open one each', async () => {
    const here = await signedIn()
    expect((await here.post('second-factor/start', { password: 'not my password' })).status).toBe(400)
    const setup = JSON.parse((await here.post('second-factor/start', { password })).body)
    expect(setup.uri).toMatch(/^otpauth:\/\/totp\/Delegraph:owner(@|%40)example\.com\?/)
    expect(setup.backupCodes).toHaveLength(10)
    // Nothing is on before a code was typed.
    expect(JSON.parse((await signIn(client())).body)).toEqual({ kind: 'signed-in' })
    expect((await here.post('second-factor/confirm', { code: '000000' })).status).toBe(400)
    expect((await here.post('second-factor/confirm', { code: totp(setup.secret) })).status).toBe(200)
    expect(await account(here)).toMatchObject({ hasSecondFactor: true, backupCodesLeft: 10 })

    const half = client()
    expect(JSON.parse((await signIn(half)).body)).toEqual({ kind: 'second-factor' })
    expect(await isIn(half)).toBe(false)
    const code = (word: string, kind = 'app', isTrusted = false) => ({ code: word, kind, isTrusted })
    const wrong = await half.post('second-factor', code('123456'))
    expect([wrong.status, appErrorOf(wrong).field]).toEqual([400, 'code'])
    const spaced = totp(setup.secret).replace(/(...)/, '$1 ')
    expect((await half.post('second-factor', code(spaced))).status).toBe(200)
    expect(await isIn(half)).toBe(true)

    // Who looked over the shoulder has the password and the code.
    const late = client()
    await signIn(late)
    expect((await late.post('second-factor', code(totp(setup.secret)))).status).toBe(400)
    expect(await isIn(late)).toBe(false)

    const [backup] = setup.backupCodes
    const phoneLost = client()
    await signIn(phoneLost)
    expect((await phoneLost.post('second-factor', code(backup, 'backup', true))).status).toBe(200)
    expect(await account(phoneLost)).toMatchObject({ backupCodesLeft: 9 })
    const again = client()
    await signIn(again)
    expect((await again.post('second-factor', code(backup, 'backup'))).status).toBe(400)

    // The device that was told to ask no more asks no more, until the password changes or it is turned off.
    await phoneLost.postAt('/api/sign-out')
    expect(JSON.parse((await signIn(phoneLost)).body)).toEqual({ kind: 'signed-in' })
    const renewed = JSON.parse((await here.post('backup-codes', { password })).body)
    expect(renewed.backupCodes).toHaveLength(10)
    expect(renewed.backupCodes).not.toContain(setup.backupCodes[1])
    await here.post('sessions/end-others')
    expect(JSON.parse((await signIn(phoneLost)).body)).toEqual({ kind: 'second-factor' })

    expect((await here.post('second-factor/stop', { password: 'not my password' })).status).toBe(400)
    expect((await here.post('second-factor/stop', { password })).status).toBe(200)
    expect(JSON.parse((await signIn(client())).body)).toEqual({ kind: 'signed-in' })
    const rows = await testDb.asAdmin('select v::text from auth.verification v')
    expect(JSON.stringify(rows)).not.toContain(setup.secret)
  })

  test('cannot be guessed: five codes a sign-in, ten in a row for the account', async () => {
    const here = await signedIn()
    const setup = JSON.parse((await here.post('second-factor/start', { password })).body)
    await here.post('second-factor/confirm', { code: totp(setup.secret) })
    const statuses: number[] = []
    for (let sign = 0; sign < 3; sign++) {
      const half = client()
      await signIn(half)
      for (let tries = 0; tries < 6; tries++) {
        const answer = await half.post('second-factor', { code: '000000', kind: 'app', isTrusted: false })
        statuses.push(answer.status)
      }
    }
    expect(statuses.slice(0, 6)).toEqual([400, 400, 400, 400, 400, 401])
    expect(statuses.slice(12)).toEqual([429, 429, 429, 429, 429, 429])
    expect((await here.post('second-factor/stop', { password })).status).toBe(200)
  })
})
