import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ImportReport } from '#shared/templates/contract.ts'
import { makeTemplateFolder } from '../features/templates/template-folder.fixture.ts'
import { openTestDb, type TestDb } from '../testing/test-db.ts'
import { type ImportRequest, runImport } from './import.ts'

let testDb: TestDb
let dataDir: string
const shop = makeTemplateFolder({
  'org.yaml':
    'name: Shop\nrequired_env: [KEY]\nworkspaces: [{ name: Lead, files_dir: lead, children: [{ name: "A\\u202eB" }] }]\n',
  'lead/system-prompt.md': 'You lead.\n',
})
beforeAll(async () => {
  testDb = await openTestDb()
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-import-'))
})
afterAll(async () => {
  await testDb.close()
  rmSync(dataDir, { recursive: true, force: true })
  shop.remove()
})

async function run(given: Partial<ImportRequest>): Promise<{ code: number; printed: string }> {
  const lines: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  try {
    const request = { dir: shop.dir, plan: false, json: false, strict: false, ...given }
    const code = await runImport(request, { dataDir, databaseUrl: testDb.adminUrl })
    return { code, printed: lines.join('\n') }
  } finally {
    log.mockRestore()
  }
}
const report = async (given: Partial<ImportRequest>) => {
  const { code, printed } = await run({ json: true, ...given })
  return { code, ...ImportReport.parse(JSON.parse(printed)) }
}
const actions = async (given: Partial<ImportRequest>) =>
  (await report(given)).workspaces.map(({ name, action }) => `${action} ${name}`)

test('the first import makes an org of the template’s name with the local owner, the second one finds it', async () => {
  expect(await actions({})).toEqual(['create Lead', 'create A\u202eB'])
  expect(await actions({})).toEqual(['keep Lead', 'keep A\u202eB'])
})

test('--org imports into another one; --against compares with it and changes nothing', async () => {
  expect(await actions({ org: 'Other shop' })).toEqual(['create Lead', 'create A\u202eB'])
  writeFileSync(join(shop.dir, 'lead', 'system-prompt.md'), 'You lead well.\n')
  expect(await actions({ against: 'Other shop' })).toEqual(['update Lead', 'keep A\u202eB'])
  expect(await actions({ against: 'Other shop' })).toEqual(['update Lead', 'keep A\u202eB'])
  const none = await report({ against: 'Nowhere' })
  expect([none.code, none.errors]).toEqual([
    2,
    ['There is no organisation named "Nowhere". Leave --against out to plan for a new one.'],
  ])
})

test('--strict refuses while a required key is missing', async () => {
  const refused = await report({ org: 'Strict shop', strict: true })
  expect([refused.code, refused.errors]).toEqual([2, ['The key KEY is missing; every workspace needs it.']])
  expect((await report({ against: 'Strict shop' })).code).toBe(2)
})

test('for a person the plan is a tree in which nothing can turn the line around', async () => {
  const { code, printed } = await run({ plan: true })
  expect(code).toBe(0)
  expect(printed).toContain('Plan (nothing was changed): Shop')
  expect(printed).toContain('  + Lead  (create; langgraph · anthropic:claude-opus-4-7 · tier 2)')
  expect(printed).toContain('    + A·B  (create;')
  expect(printed).toContain('2 to create, 0 to update, 0 to keep.')
})

test('a folder that is not there is an answer, not a crash', async () => {
  const { code, errors } = await report({ dir: '/nowhere/at/all' })
  expect([code, errors]).toEqual([2, ['There is no folder /nowhere/at/all. Name the folder that holds org.yaml.']])
})
