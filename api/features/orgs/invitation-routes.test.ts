import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OrgContext } from '../../kernel/actor.ts'
import { answerErrors } from '../../kernel/http/answer-errors.ts'
import { createCallers } from '../../kernel/http/callers.ts'
import { type Identity, openIdentity } from '../../kernel/identity/identity.ts'
import { appErrorOf, openAccountClient } from '../../testing/account-client.ts'
import { makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { invitationRoutes } from './invitation-routes.ts'
import { invitePerson } from './invite.ts'

let testDb: TestDb
let dataDir: string
let identity: Identity
let server: Server
let url: string
let owner: OrgContext

beforeAll(async () => {
  testDb = await openTestDb()
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-invitations-'))
  identity = await openIdentity({ authUrl: testDb.authUrl, dataDir })
  const onError = (error: unknown) => {
    throw error
  }
  const callers = createCallers({ db: testDb.db, identity, onError })
  const app = express().use('/api', invitationRoutes({ db: testDb.db, callers, identity }))
  server = createServer(app.use(answerErrors(pino({ enabled: false }))))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  owner = await makeOrg(testDb.db, { name: 'Acme' })
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  await identity.stop()
  await testDb.close()
  rmSync(dataDir, { recursive: true })
})

const tokenFor = async (email: string) => (await invitePerson(owner, { email, role: 'member' })).token ?? ''
const password = 'four words in a row'

test('who holds the link sees what it opens; with a name and a password they are in, with a session', async () => {
  const token = await tokenFor('ines@example.com')
  const ines = openAccountClient(url)
  const looked = await ines.postAt('/api/invitations/look', { token })
  expect(JSON.parse(looked.body)).toEqual({
    ...{ orgId: owner.orgId, orgName: 'Acme', email: 'ines@example.com', role: 'member' },
    ...{ invitedBy: 'Olga Owner', hasAccount: false, you: null },
  })
  const joined = await ines.postAt('/api/invitations/accept', { token, name: 'Ines', password })
  expect(JSON.parse(joined.body)).toEqual({ orgId: owner.orgId })
  expect(ines.jar.size).toBeGreaterThan(0)
  const again = await openAccountClient(url).postAt('/api/invitations/look', { token })
  expect([again.status, appErrorOf(again).code]).toEqual([404, 'not-found'])
})

test('for an address with an account no second one is made, and a password of a stranger opens nothing', async () => {
  const token = await tokenFor('ada@example.com')
  await identity.createPerson({ name: 'Ada', email: 'ada@example.com', password })
  const client = openAccountClient(url)
  expect(JSON.parse((await client.postAt('/api/invitations/look', { token })).body)).toMatchObject({ hasAccount: true })
  const tried = await client.postAt('/api/invitations/accept', { token, name: 'Mallory', password: 'another password' })
  expect(appErrorOf(tried)).toMatchObject({ code: 'conflict', field: 'email' })
  expect(client.jar.size).toBe(0)
  const bare = await client.postAt('/api/invitations/accept', { token })
  expect([bare.status, appErrorOf(bare).code]).toEqual([401, 'unauthenticated'])
})

test('a link that is cut short, or none at all, is refused in words', async () => {
  const client = openAccountClient(url)
  for (const body of [{}, { token: 7 }, { token: '' }]) {
    expect(appErrorOf(await client.postAt('/api/invitations/look', body)).code).toBe('bad-input')
  }
  const cut = await client.postAt('/api/invitations/look', { token: 'dgi_cut' })
  expect(appErrorOf(cut).code).toBe('not-found')
})
