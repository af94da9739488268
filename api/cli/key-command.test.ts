import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Running, startDelegraph } from '../main.ts'
import { openTestDb, type TestDb } from '../testing/test-db.ts'

let testDb: TestDb
let dir: string
let running: Running
beforeAll(async () => {
  testDb = await openTestDb()
  dir = mkdtempSync(join(tmpdir(), 'delegraph-key-'))
  running = await startDelegraph({ dataDir: dir, port: 0, host: '127.0.0.1', databaseUrl: testDb.adminUrl })
})
afterAll(async () => {
  await running.stop()
  await testDb.close()
  rmSync(dir, { recursive: true })
})

test('a key is made in the terminal, opens a server elsewhere to the commands, and is revoked', {
  timeout: 90_000,
}, async () => {
  const made = await delegraph({}, 'key', 'create', 'CI', '--role', 'manager', '--days', '7', '--json')
  expect(made).toMatchObject({ status: 0, error: '' })
  const { key, token } = JSON.parse(made.out)
  expect(key).toMatchObject({ name: 'CI', role: 'manager', holder: 'machine' })
  const listed = await delegraph({}, 'key', 'list')
  expect(listed.out).toContain(`${key.id}  ${key.shown}…  CI (machine, manager)`)
  expect(listed.out).not.toContain(token)

  const remote = { DELEGRAPH_API_KEY: token, DATABASE_URL: '', DELEGRAPH_DATA_DIR: join(dir, 'none') }
  const approvals = await delegraph(remote, 'approvals', '--server', running.url)
  expect([approvals.error, approvals.status]).toEqual(['', 0])
  const nothing = '01890000-0000-7000-8000-000000000001'
  expect(await delegraph(remote, 'approve', nothing, '--server', running.url)).toMatchObject({
    status: 1,
    error: expect.stringContaining('This key may not answer approvals.'),
  })
  expect(await delegraph(remote, 'log', nothing, '--server', running.url)).toMatchObject({
    status: 1,
    error: expect.stringContaining('There is no such delegation.'),
  })
  expect(await delegraph(remote, 'approvals', '--server', 'http://example.org')).toMatchObject({
    status: 1,
    error: expect.stringContaining('plain http is for this machine only'),
  })

  expect(await delegraph({}, 'key', 'revoke', key.id)).toMatchObject({ status: 0 })
  expect(await delegraph(remote, 'approvals', '--server', running.url)).toMatchObject({
    status: 1,
    error: expect.stringContaining('This key is not valid.'),
  })
})

async function delegraph(more: Record<string, string>, ...args: string[]) {
  const env = { ...process.env, DATABASE_URL: testDb.adminUrl, DELEGRAPH_DATA_DIR: dir, ...more }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { env })
  const [out, error, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { status, out, error }
}
