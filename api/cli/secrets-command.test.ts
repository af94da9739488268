import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTemplateFolder } from '../features/templates/template-folder.fixture.ts'
import { openTestDb, type TestDb } from '../testing/test-db.ts'

let testDb: TestDb
let dir: string
beforeAll(async () => {
  testDb = await openTestDb()
  dir = mkdtempSync(join(tmpdir(), 'delegraph-cli-'))
})
afterAll(async () => {
  await testDb.close()
  rmSync(dir, { recursive: true })
})

const canary = 'ghp_canary0123456789abcdefgh'

test('a secret is set from standard input, listed by its hint and deleted; its value is printed nowhere', {
  timeout: 90_000,
}, async () => {
  const template = makeTemplateFolder({
    'org.yaml': 'name: Shop\nworkspaces: [{ name: Lead, required_env: [GITHUB_TOKEN] }]\n',
  })
  expect((await delegraph(['import', template.dir])).status).toBe(0)
  template.remove()
  expect((await delegraph(['secrets', 'list'])).out).toContain('There are no secrets yet')

  const set = await delegraph(['secrets', 'set', 'GITHUB_TOKEN'], { input: `${canary}\n` })
  expect(set).toMatchObject({ status: 0, out: 'Set GITHUB_TOKEN, version 1. Lead: the next call uses it.\n' })
  expect(readdirSync(join(dir, 'data', 'keys'))).toContain('vault-0001.key')
  const own = await delegraph(['secrets', 'set', 'GITHUB_TOKEN', '--workspace', 'Lead'], { input: `${canary}2` })
  expect(own.status).toBe(0)
  const listed = await delegraph(['secrets', 'list'])
  expect(listed.out).toMatch(/^GITHUB_TOKEN {2}••••efgh {2}v1 {2}[\d-]+ {2}organisation\nGITHUB_TOKEN .* Lead\n$/)

  const inArguments = await delegraph(['secrets', 'set', 'GITHUB_TOKEN', canary])
  expect(inArguments).toMatchObject({ status: 1, error: expect.stringContaining('never given as an argument') })
  const env = { OPENAI_API_KEY: `sk-${canary}`, UNRELATED_TOKEN: 'other' }
  expect((await delegraph(['secrets', 'import-env'], { env })).out).toBe('Set OPENAI_API_KEY.\n')

  const unset = await delegraph(['secrets', 'unset', 'GITHUB_TOKEN', '--workspace', 'Lead'])
  expect(unset.out).toContain('Deleted GITHUB_TOKEN. It can be taken back until')
  expect(await delegraph(['secrets', 'unset', 'NOT_THERE'])).toMatchObject({ status: 1 })
  for (const { out, error } of [set, own, listed, inArguments, unset]) expect(out + error).not.toContain('canary')
})

type Given = { input?: string; env?: Record<string, string> }

async function delegraph(args: readonly string[], { input = '', env: more = {} }: Given = {}) {
  const env = { ...process.env, DATABASE_URL: testDb.adminUrl, ...more }
  const program = join(import.meta.dirname, 'main.ts')
  const ran = spawn(process.execPath, [program, ...args, '--data-dir', join(dir, 'data')], { env })
  ran.stdin.end(input)
  const [out, error] = await Promise.all([text(ran.stdout), text(ran.stderr), once(ran, 'close')])
  return { status: ran.exitCode, out, error }
}
