import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ImportId, type ImportSource } from '#shared/templates/import.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import { makeMember, makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { writeFile } from '../files/index.ts'
import { maskKnownValues, setSecrets } from '../secrets/index.ts'
import { loadChart } from '../workspaces/index.ts'
import { exportAs } from './export-as.ts'
import { exportFolder } from './export-folder.ts'
import { givenFolder } from './given-folder.ts'
import { importAsked } from './import-asked.ts'
import { planTemplate } from './import-template.ts'
import { loadExport } from './load-export.ts'
import { readTemplateFrom } from './read-template.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
  maskKnownValues(testDb.db)
})
afterAll(() => testDb.close())

const imported = async (context: OrgContext, source: ImportSource) =>
  await importAsked(context, { id: ImportId.parse(randomUUID()), act: 'apply', source }, () => {})

const orgYaml = `name: Shop
required_env: [SHOP_KEY]
workspaces:
  - name: Lead
    role: Leads.
    files_dir: lead
    canvas: { x: 10, y: 20 }
    initial_prompt: Wait.
    schedules: [ { name: daily, cron_expr: "0 9 * * *", prompt: "Report." } ]
    channels: [ { type: slack, config: { token: "\${SLACK}" } } ]
    children: [ { name: "Wörter & Co", plugins: [base] }, { name: "Worter co" } ]
  - { name: Other, external: true, url: "https://agent.example/a2a" }
`

async function shop(): Promise<OrgContext> {
  const context = await makeOrg(testDb.db, { name: 'Shop' })
  const files = [
    { path: 'org.yaml', text: orgYaml },
    { path: 'lead/system-prompt.md', text: 'You lead.\n' },
  ]
  await imported(context, { kind: 'folder', files })
  const { workspaces } = await inSnapshot(context.db, context.orgId, loadChart)
  const lead = workspaces.find(({ name }) => name === 'Lead')
  if (!lead) throw new Error('there is no Lead')
  await inTransaction(context, (tx) =>
    writeFile(tx, { workspaceId: lead.id, path: 'notes/plan.txt', text: 'One.\n', by: context.actor }),
  )
  return context
}

async function bytesOf({ contents }: Awaited<ReturnType<typeof exportAs>>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of contents) parts.push(part)
  return Buffer.concat(parts)
}

test('a folder that was exported gives the same organisation back, wherever it is imported', async () => {
  const first = await shop()
  const exported = await loadExport(first, undefined)
  const second = await makeOrg(testDb.db, { name: 'Shop' })
  const last = await imported(second, { kind: 'folder', files: exportFolder(exported) })
  expect(last).toMatchObject({ kind: 'applied', plan: { errors: [] } })
  const again = await loadExport(second, undefined)
  expect(exportFolder(again)).toEqual(exportFolder(exported))
  const paths = exportFolder(exported).map(({ path }) => path)
  expect(paths).toContain('lead/notes/plan.txt')
  expect(paths).toContain('worter-co/config.yaml')
  expect(paths).toContain('worter-co-2/config.yaml')
})

test.each([
  ['Software Team', 'software-team'],
  ['Northwind Launch', 'launch-team'],
  ['Content Studio', 'content-studio'],
  ['Research Desk', 'research-desk'],
  ['Support Desk', 'support-desk'],
])(
  '%s, exported, plans to keep everything in the org it came from, whatever people changed before',
  async (name, slug) => {
    const context = await makeOrg(testDb.db, { name })
    const first = await imported(context, { kind: 'library', slug })
    expect(first).toMatchObject({ kind: 'applied', plan: { errors: [] } })
    await changeByHand(context)
    const template = readTemplateFrom(givenFolder(exportFolder(await loadExport(context, undefined))))
    const plan = await planTemplate(context, { template, missingKeys: 'list' })
    expect(plan.warnings).toEqual([])
    expect(plan.workspaces.map(({ action }) => action)).toEqual(plan.workspaces.map(() => 'keep'))
  },
)

/** Texts, fields of the config and the place of a card: what people change after an import, and an export says. */
async function changeByHand(context: OrgContext): Promise<void> {
  const [first] = (await inSnapshot(context.db, context.orgId, loadChart)).workspaces
  if (!first) throw new Error('there is no workspace')
  const write = (path: string, text: string) =>
    inTransaction(context, (tx) => writeFile(tx, { workspaceId: first.id, path, text, by: context.actor }))
  await write('system-prompt.md', 'Written anew.\n')
  await write('notes/plan.txt', 'One.\n')
  await write(
    'config.yaml',
    'role: Another role\nruntime: native\nmodel: openai:gpt-5.4\ntier: 4\nmax_concurrent_tasks: 3\n',
  )
  await testDb.asAdmin(`update workspaces set x = 40, y = 60 where id = '${first.id}'`)
}

test('a bundle holds one workspace with everything below it, and comes back as it was', async () => {
  const context = await shop()
  const { workspaces } = await inSnapshot(context.db, context.orgId, loadChart)
  const lead = workspaces.find(({ name }) => name === 'Lead')
  const file = await exportAs(context, { as: 'bundle', workspace: lead?.id })
  const text = (await bytesOf(file)).toString()
  expect(file.name).toBe('Lead.bundle.json')
  const other = await makeOrg(testDb.db)
  const source: ImportSource = { kind: 'bundle', name: file.name, text }
  expect(await imported(other, source)).toMatchObject({ kind: 'applied', plan: { errors: [] } })
  const back = await loadExport(other, undefined)
  expect(back.roots.map(({ name, children }) => [name, children.map((child) => child.name)])).toEqual([
    ['Lead', ['Wörter & Co', 'Worter co']],
  ])
  expect(back.roots[0]?.files).toEqual((await loadExport(context, lead?.id)).roots[0]?.files)
  await expect(exportAs(context, { as: 'bundle' })).rejects.toMatchObject({ code: 'bad-input' })
})

test('no value of a secret leaves in an export', async () => {
  const context = await shop()
  const value = 'sk-live-4242424242424242'
  const [lead] = (await inSnapshot(context.db, context.orgId, loadChart)).workspaces
  if (!lead) throw new Error('there is no workspace')
  await inTransaction(context, (tx) =>
    writeFile(tx, { workspaceId: lead.id, path: 'leak.md', text: `key: ${value}\n`, by: context.actor }),
  )
  await setSecrets(context, { workspaceId: null, entries: [{ name: 'SHOP_KEY', value }] })
  expect(JSON.stringify(exportFolder(await loadExport(context, undefined)))).not.toContain(value)
})

test('a zip begins with what a zip begins with, and says the same twice', async () => {
  const context = await shop()
  const [one, two] = [await bytesOf(await exportAs(context, {})), await bytesOf(await exportAs(context, { as: 'zip' }))]
  expect(one.subarray(0, 4)).toEqual(Buffer.from('PK\u0003\u0004'))
  expect(one.equals(two)).toBe(true)
})

test('is for managers, and of this organisation alone', async () => {
  const context = await shop()
  await expect(exportAs(await makeMember(context, 'member'), {})).rejects.toMatchObject({ code: 'forbidden' })
  const other = await shop()
  const [theirs] = (await inSnapshot(other.db, other.orgId, loadChart)).workspaces
  await expect(exportAs(context, { workspace: theirs?.id })).rejects.toMatchObject({ code: 'not-found' })
  await expect(exportAs(context, { workspace: 'no id' })).rejects.toMatchObject({ code: 'not-found' })
})
