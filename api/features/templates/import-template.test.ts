import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction, readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { makeMember, makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { readHead, writeFile } from '../files/index.ts'
import { setSecrets } from '../secrets/index.ts'
import { importTemplate, planTemplate } from './import-template.ts'
import { readTemplate } from './read-template.ts'
import { makeTemplateFolder } from './template-folder.fixture.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

const made: (() => void)[] = []
afterEach(() => {
  for (const remove of made.splice(0)) remove()
})

const orgYaml = `name: Shop
description: Sells things.
required_env: [ { any_of: [KEY_A, KEY_B] } ]
defaults: { runtime: claude-code, plugins: [base], initial_prompt: "Wait for work." }
workspaces:
  - name: Lead
    files_dir: lead
    canvas: { x: 10, y: 20 }
    schedules: [ { name: daily, cron_expr: "0 9 * * *", prompt: "Report." } ]
    children:
      - { name: Writer, role: Writes., plugins: ["!base", own], max_concurrent_tasks: 2 }
      - { name: "<script>alert(1)</script> 🦊 مرحبا", external: true, url: "https://agent.example/a2a" }
`

function shop(): { dir: string; write: (path: string, text: string) => void } {
  const { dir, remove } = makeTemplateFolder({ 'org.yaml': orgYaml, 'lead/system-prompt.md': 'You lead.\n' })
  made.push(remove)
  return { dir, write: (path, text) => writeFileSync(join(dir, path), text) }
}

const importFrom = (context: OrgContext, dir: string) =>
  importTemplate(context, { template: readTemplate(dir), missingKeys: 'warn' })
const actionsOf = async (plan: ReturnType<typeof importFrom>) => (await plan).workspaces.map(({ action }) => action)

type Row = { id: WorkspaceId; name: string; parent: string | null; x: number | null; declared: Record<string, unknown> }
const workspacesOf = (context: OrgContext) =>
  readRows<Row>(
    context.db,
    context.orgId,
    sql`select w.id, w.name, p.name as parent, w.x, w.declared from workspaces w
          left join workspaces p on p.org_id = w.org_id and p.id = w.parent_id
         where w.deleted_at is null order by w.created_at`,
  )
const countIn = async (context: OrgContext) => {
  const [row] = await readRows<{ events: number; versions: number; workspaces: number }>(
    context.db,
    context.orgId,
    sql`select (select count(*)::int from events) as events, (select count(*)::int from file_versions) as versions,
               (select count(*)::int from workspaces) as workspaces`,
  )
  return row
}
const textOf = (context: OrgContext, id: WorkspaceId, path: string) =>
  inSnapshot(context.db, context.orgId, async (reader) => (await readHead(reader, id, path))?.text)

async function idOf(context: OrgContext, name: string): Promise<WorkspaceId> {
  const found = (await workspacesOf(context)).find((workspace) => workspace.name === name)
  if (!found) throw new Error(`no workspace ${name}`)
  return found.id
}

async function editAsPerson(context: OrgContext, name: string, path: string, text: string): Promise<void> {
  const workspaceId = await idOf(context, name)
  await inTransaction(context, (tx) => writeFile(tx, { workspaceId, path, text, by: context.actor }))
}

describe('an import', () => {
  test('makes the whole org in one go: chart, files, what later features act on, and the log', async () => {
    const context = await makeOrg(testDb.db)
    const { dir } = shop()
    expect(await actionsOf(importFrom(context, dir))).toEqual(['create', 'create', 'create'])
    const [lead, writer, other] = await workspacesOf(context)
    expect([lead?.name, lead?.parent, lead?.x]).toEqual(['Lead', null, 10])
    expect([writer?.parent, writer?.x, other?.name]).toEqual(['Lead', null, '<script>alert(1)</script> 🦊 مرحبا'])
    expect(lead?.declared).toMatchObject({
      initialPrompt: 'Wait for work.',
      schedules: [{ name: 'daily', cron: '0 9 * * *', timezone: 'UTC' }],
      requiredEnv: [['KEY_A', 'KEY_B']],
    })
    expect(other?.declared).toMatchObject({ externalUrl: 'https://agent.example/a2a' })
    expect(await textOf(context, await idOf(context, 'Lead'), 'system-prompt.md')).toBe('You lead.\n')
    const config = await textOf(context, await idOf(context, 'Writer'), 'config.yaml')
    expect(config).toContain('runtime: claude-code\nmodel: sonnet\n')
    expect(config).toContain('plugins:\n  - own\n')
    const told = await readRows<{ type: string; payload: unknown }>(
      context.db,
      context.orgId,
      sql`select type, payload from events order by seq desc limit 1`,
    )
    expect(told).toEqual([
      { type: 'template.imported', payload: { template: 'Shop', created: 3, updated: 0, kept: 0 } },
    ])
  })

  test('of the same template again changes nothing and tells nothing', async () => {
    const context = await makeOrg(testDb.db)
    const { dir } = shop()
    await importFrom(context, dir)
    const before = await countIn(context)
    expect(await actionsOf(importFrom(context, dir))).toEqual(['keep', 'keep', 'keep'])
    expect(await countIn(context)).toEqual(before)
  })

  test('twice at once creates everything once', async () => {
    const context = await makeOrg(testDb.db)
    const { dir } = shop()
    await Promise.all([importFrom(context, dir), importFrom(context, dir), importFrom(context, dir)])
    expect(await workspacesOf(context)).toHaveLength(3)
  })

  test('writes only what the template changed', async () => {
    const context = await makeOrg(testDb.db)
    const { dir, write } = shop()
    await importFrom(context, dir)
    const before = await countIn(context)
    write('lead/system-prompt.md', 'You lead well.\n')
    expect(await actionsOf(importFrom(context, dir))).toEqual(['update', 'keep', 'keep'])
    expect(await textOf(context, await idOf(context, 'Lead'), 'system-prompt.md')).toBe('You lead well.\n')
    const after = await countIn(context)
    expect((after?.versions ?? 0) - (before?.versions ?? 0)).toBe(1)
    // The file's and the import's own.
    expect((after?.events ?? 0) - (before?.events ?? 0)).toBe(2)
  })

  test('keeps what a person edited and says so; the rest of the change arrives', async () => {
    const context = await makeOrg(testDb.db)
    const { dir, write } = shop()
    await importFrom(context, dir)
    await editAsPerson(context, 'Lead', 'system-prompt.md', 'Mine.\n')
    write('lead/system-prompt.md', 'You lead well.\n')
    write('lead/notes.md', 'New.\n')
    const plan = await importFrom(context, dir)
    expect(plan.warnings).toContain('Lead: system-prompt.md was edited since the last import; it is kept.')
    expect(await textOf(context, await idOf(context, 'Lead'), 'system-prompt.md')).toBe('Mine.\n')
    expect(await textOf(context, await idOf(context, 'Lead'), 'notes.md')).toBe('New.\n')
  })

  test('leaves a moved or renamed workspace where and what the person made it', async () => {
    const context = await makeOrg(testDb.db)
    const { dir, write } = shop()
    await importFrom(context, dir)
    const writer = await idOf(context, 'Writer')
    await inTransaction(context, (tx) =>
      tx.rows(sql`update workspaces set parent_id = null, name = 'Author', x = 5, y = 5 where id = ${writer}`),
    )
    write('org.yaml', orgYaml.replace('role: Writes.', 'role: Writes texts.'))
    expect(await actionsOf(importFrom(context, dir))).toEqual(['keep', 'update', 'keep'])
    const found = (await workspacesOf(context)).find(({ id }) => id === writer)
    expect([found?.name, found?.parent, found?.x]).toEqual(['Author', null, 5])
  })

  test('of a template in which a name changed makes a new workspace and keeps the old one', async () => {
    const context = await makeOrg(testDb.db)
    const { dir, write } = shop()
    await importFrom(context, dir)
    write('org.yaml', orgYaml.replace('name: Writer', 'name: Author'))
    const plan = await importFrom(context, dir)
    expect(plan.workspaces.map(({ action }) => action)).toEqual(['keep', 'create', 'keep'])
    expect(plan.warnings).toContain('Lead › Writer is no longer in the template; the workspace is kept.')
    expect(await workspacesOf(context)).toHaveLength(4)
  })

  test('with errors, or with keys missing that it must have, writes nothing at all', async () => {
    const context = await makeOrg(testDb.db)
    const { dir, write } = shop()
    const before = await countIn(context)
    const strict = await importTemplate(context, { template: readTemplate(dir), missingKeys: 'refuse' })
    expect(strict.errors).toEqual(['The key KEY_A or KEY_B is missing; every workspace needs it.'])
    write('org.yaml', orgYaml.replace('name: Writer', 'name: Lead2, tier: 99'))
    expect((await importFrom(context, dir)).errors).toHaveLength(1)
    expect(await countIn(context)).toEqual(before)
  })

  test('asks only for keys the org does not have', async () => {
    const context = await makeOrg(testDb.db)
    const { dir } = shop()
    await setSecrets(context, { workspaceId: null, entries: [{ name: 'KEY_B', value: 'x' }] })
    const met = await planTemplate(context, { template: readTemplate(dir), missingKeys: 'refuse' })
    expect([met.errors, met.warnings.filter((warning) => warning.includes('KEY_'))]).toEqual([[], []])
  })

  test('that fails half-way leaves nothing behind', async () => {
    const context = await makeOrg(testDb.db)
    const template = readTemplate(shop().dir)
    const before = await countIn(context)
    const broken = template.workspaces.map((workspace, index) =>
      index < 2 ? workspace : { ...workspace, files: [{ path: '../escape.md', text: 'x', hash: 'x' }] },
    )
    const failing = importTemplate(context, { template: { ...template, workspaces: broken }, missingKeys: 'warn' })
    await expect(failing).rejects.toMatchObject({ code: 'bad-input' })
    expect(await countIn(context)).toEqual(before)
  })

  test('is for admins', async () => {
    const context = await makeMember(await makeOrg(testDb.db), 'manager')
    await expect(importFrom(context, shop().dir)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('of one template into two orgs keeps them apart', async () => {
    const [one, two] = [await makeOrg(testDb.db), await makeOrg(testDb.db)]
    const { dir } = shop()
    await importFrom(one, dir)
    expect(await actionsOf(planTemplate(two, { template: readTemplate(dir), missingKeys: 'warn' }))).toEqual([
      'create',
      'create',
      'create',
    ])
    expect(await workspacesOf(two)).toEqual([])
  })
})
