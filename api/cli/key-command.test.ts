import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Running, startDelegraph } from '../main.ts'
import { openCommandLine } from './command-line.fixture.ts'

const cli = openCommandLine()
let running: Running
beforeAll(async () => {
  running = await startDelegraph({
    dataDir: join(cli.dir, 'data'),
    port: 0,
    host: '127.0.0.1',
    databaseUrl: cli.testDb.adminUrl,
  })
})
afterAll(async () => {
  await running.stop()
})

test('a key is made in the terminal, opens a server elsewhere to the commands, and is revoked', {
  timeout: 90_000,
}, async () => {
  const made = await cli.run(['key', 'create', 'CI', '--role', 'manager', '--days', '7', '--json'])
  expect(made).toMatchObject({ status: 0, error: '' })
  const { key, token } = JSON.parse(made.out)
  expect(key).toMatchObject({ name: 'CI', role: 'manager', holder: 'machine' })
  const listed = await cli.run(['key', 'list'])
  expect(listed.out).toContain(`${key.id}  ${key.shown}…  CI (machine, manager)`)
  expect(listed.out).not.toContain(token)

  const remote = { DELEGRAPH_API_KEY: token, DATABASE_URL: '' }
  const approvals = await cli.run(['approvals', '--server', running.url], { env: remote })
  expect([approvals.error, approvals.status]).toEqual(['', 0])
  const nothing = '01890000-0000-7000-8000-000000000001'
  expect(await cli.run(['approve', nothing, '--server', running.url], { env: remote })).toMatchObject({
    status: 1,
    error: expect.stringContaining('This key may not answer approvals.'),
  })
  expect(await cli.run(['log', nothing, '--server', running.url], { env: remote })).toMatchObject({
    status: 1,
    error: expect.stringContaining('There is no such delegation.'),
  })
  expect(await cli.run(['approvals', '--server', 'http://example.org'], { env: remote })).toMatchObject({
    status: 1,
    error: expect.stringContaining('plain http is for this machine only'),
  })

  expect(await cli.run(['key', 'revoke', key.id])).toMatchObject({ status: 0 })
  expect(await cli.run(['approvals', '--server', running.url], { env: remote })).toMatchObject({
    status: 1,
    error: expect.stringContaining('This key is not valid.'),
  })
})
