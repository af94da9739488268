import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
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

async function delegraph(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: testDb.adminUrl, DELEGRAPH_DATA_DIR: dir }
  const program = join(import.meta.dirname, 'main.ts')
  const ran = spawn(process.execPath, [program, ...args, '--data-dir', join(dir, 'data')], { env })
  const [out, error] = await Promise.all([text(ran.stdout), text(ran.stderr), once(ran, 'close')])
  return { status: ran.exitCode, out, error }
}

test('an org is copied into a file, restored from it, and its log exported and verified', async () => {
  const template = makeTemplateFolder({
    'org.yaml': 'name: Shop\nworkspaces: [{ name: Lead, children: [{ name: Ann }] }]\n',
  })
  expect((await delegraph('import', template.dir)).status).toBe(0)
  template.remove()
  const file = join(dir, 'shop.snapshot.gz')
  const copied = await delegraph('snapshot', '--org', 'Shop', '--out', file)
  expect(copied, copied.error).toMatchObject({ status: 0, out: expect.stringContaining('Copied Shop as of') })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const restored = await delegraph('restore', file, '--name', 'Shop 2', '--json')
  expect(JSON.parse(restored.out)).toMatchObject({ name: 'Shop 2', alive: 0 })

  const wrong = await delegraph('snapshot', '--org', 'Shoe', '--out', file)
  expect([wrong.status, wrong.error]).toEqual([1, expect.stringContaining('Name one with --org: Shop, Shop 2.')])
  const nowhere = await delegraph('snapshot', '--org', 'Shop', '--out', join(dir, 'no', 'where.gz'))
  expect([nowhere.status, nowhere.error]).toEqual([1, expect.stringContaining('cannot be written')])

  const verified = await delegraph('audit', 'verify', '--org', 'Shop 2')
  expect(verified, verified.error).toMatchObject({
    status: 0,
    out: expect.stringContaining('Whole: 5 events are as they'),
  })
  const noted = /note this down: (\S+)/.exec(verified.out)?.[1] ?? ''
  expect((await delegraph('audit', 'verify', '--org', 'Shop 2', '--noted', noted)).status).toBe(0)
  const other = noted.replace(/^5:./, (start) => `5:${start.endsWith('0') ? '1' : '0'}`)
  expect(await delegraph('audit', 'verify', '--org', 'Shop 2', '--noted', other)).toMatchObject({
    ...{ status: 2, out: expect.stringContaining('Not whole: The hash of event 5 is not the one that was noted.') },
  })

  const log = join(dir, 'log.jsonl')
  const exported = await delegraph('audit', 'export', '--org', 'Shop 2', '--since', '1h', '--out', log)
  expect(exported, exported.error).toMatchObject({ status: 0, out: expect.stringMatching(/Hash of the whole: \w{64}/) })
  expect((await delegraph('audit', 'verify', log)).out).toMatch(/^Whole: 5 events of Shop 2, exported/)
  writeFileSync(log, readFileSync(log, 'utf8').replace('workspace.created', 'workspace.deleted'))
  expect(await delegraph('audit', 'verify', log)).toMatchObject({
    status: 2,
    out: expect.stringMatching(/^Not whole, line \d+: It was changed/),
  })
  expect((await delegraph('audit', 'verify', join(dir, 'none'))).status).toBe(1)
  expect(existsSync(join(dir, 'none'))).toBe(false)
}, 60_000)

test('a file that is no snapshot makes no org', async () => {
  const file = join(dir, 'nonsense.gz')
  writeFileSync(file, 'nonsense')
  const { status, error } = await delegraph('restore', file)
  expect([status, error]).toEqual([1, expect.stringContaining('no whole snapshot of Delegraph')])
})
