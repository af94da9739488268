import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OrgId } from '#shared/kernel/ids.ts'
import { ImportId, type ImportLine, type ImportSource } from '#shared/templates/import.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { makeMember, makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { cancelImport } from './cancel-import.ts'
import { importAsked } from './import-asked.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

const orgYaml = `name: Shop
required_env: [SHOP_KEY]
workspaces:
  - name: Lead
    role: Leads.
    files_dir: lead
    children: [ { name: Writer } ]
`
const folder = (files: Readonly<Record<string, string>>): ImportSource => ({
  kind: 'folder',
  files: Object.entries(files).map(([path, text]) => ({ path, text })),
})
const shop = folder({ 'org.yaml': orgYaml, 'lead/system-prompt.md': 'You lead.\n', 'lead/logo.svg': '<svg/>' })
const newId = () => ImportId.parse(randomUUID())

async function ask(context: OrgContext, source: ImportSource, act: 'plan' | 'apply', id = newId()) {
  const told: ImportLine[] = []
  const last = await importAsked(context, { id, act, source }, (line) => told.push(line))
  return { last, told }
}

async function namesIn(context: OrgContext): Promise<string[]> {
  const rows = await readRows<{ name: string }>(
    context.db,
    context.orgId,
    sql`select name from workspaces where deleted_at is null order by created_at, id`,
  )
  return rows.map(({ name }) => name)
}

/** A team of many, in one org.yaml. */
const many = (count: number) =>
  folder({
    'org.yaml': `name: Many\nworkspaces:\n${Array.from({ length: count }, (_, at) => `  - name: W${at}`).join('\n')}\n`,
  })

describe('an import from the page', () => {
  test('says in its plan what would happen, and does nothing', async () => {
    const context = await makeOrg(testDb.db)
    const { last } = await ask(context, shop, 'plan')
    expect(last).toMatchObject({
      kind: 'planned',
      plan: {
        org: 'Shop',
        workspaces: [
          { path: ['Lead'], action: 'create', role: 'Leads.', writes: ['config.yaml', 'system-prompt.md'] },
          { path: ['Lead', 'Writer'], action: 'create' },
        ],
        keys: [{ names: ['SHOP_KEY'], isRequired: true, users: 'all' }],
      },
    })
    expect(await namesIn(context)).toEqual([])
  })

  test('carries out the same, tells how far it is, and keeps its plan for the answer', async () => {
    const context = await makeOrg(testDb.db)
    const { last, told } = await ask(context, shop, 'apply')
    expect(last).toMatchObject({ kind: 'applied', plan: { workspaces: [{ action: 'create' }, { action: 'create' }] } })
    expect(told).toContainEqual({ kind: 'progress', done: 2, total: 2 })
    expect(await namesIn(context)).toEqual(['Lead', 'Writer'])
    expect((await ask(context, shop, 'plan')).last).toMatchObject({
      plan: { workspaces: [{ action: 'keep' }, { action: 'keep' }] },
    })
  })

  test('takes the names of an .env and none of its values, for the page sends none', async () => {
    const context = await makeOrg(testDb.db)
    const channels = `name: Shop\nworkspaces:\n  - name: Lead\n    channels: [ { type: slack, config: { token: "\${SLACK}" } } ]\n`
    const without = await ask(context, folder({ 'org.yaml': channels }), 'plan')
    const named = await ask(context, folder({ 'org.yaml': channels, '.env': 'SLACK=set\n' }), 'plan')
    expect(JSON.stringify(without.last)).toContain('not linked until SLACK is set')
    expect(JSON.stringify(named.last)).not.toContain('SLACK')
  })

  test('names every file that is at fault, and what to do', async () => {
    const context = await makeOrg(testDb.db)
    const bad = folder({
      'org.yaml': 'name: Bad\nworkspaces:\n  - !include ../../etc/passwd\n  - { name: A, tier: 9 }\n',
    })
    const { last } = await ask(context, bad, 'apply')
    expect(last).toMatchObject({ kind: 'applied' })
    expect(JSON.stringify(last)).toContain('org.yaml:3')
    expect(JSON.stringify(last)).toContain('leads out of the template folder')
    expect(JSON.stringify(last)).toContain('org.yaml:4')
    const long: ImportSource = {
      kind: 'folder',
      files: [
        { path: 'org.yaml', text: 'name: Long\nworkspaces: [ { name: A, files_dir: a } ]\n' },
        { path: 'a/system-prompt.md', refused: 'is 3.0 MiB; a file may have 1.0 MiB' },
      ],
    }
    expect(JSON.stringify((await ask(context, long, 'plan')).last)).toContain(
      'a/system-prompt.md is 3.0 MiB; a file may have 1.0 MiB',
    )
    expect(await namesIn(context)).toEqual([])
  })

  test('that was ended before it was through leaves nothing behind, and says so', async () => {
    const context = await makeOrg(testDb.db)
    const id = newId()
    const told: ImportLine[] = []
    const asked: Promise<unknown>[] = []
    const last = await importAsked(context, { id, act: 'apply', source: many(450) }, (line) => {
      told.push(line)
      if (told.length === 1) asked.push(cancelImport(context, { orgId: context.orgId, importId: id }))
    })
    expect(last).toEqual({ kind: 'cancelled' })
    expect(await Promise.all(asked)).toEqual([{ outcome: 'cancelled' }])
    expect(await namesIn(context)).toEqual([])
  })

  test('that is done is not ended any more', async () => {
    const context = await makeOrg(testDb.db)
    const id = newId()
    await ask(context, shop, 'apply', id)
    const input = { orgId: context.orgId, importId: id }
    expect(await cancelImport(context, input)).toEqual({ outcome: 'done' })
    const never = { orgId: context.orgId, importId: newId() }
    expect(await cancelImport(context, never)).toEqual({ outcome: 'cancelled' })
    expect((await ask(context, shop, 'apply', never.importId)).last).toEqual({ kind: 'cancelled' })
  })

  test('says how far it is after each hundred', async () => {
    const context = await makeOrg(testDb.db)
    const { told } = await ask(context, many(250), 'apply')
    expect(told.map((line) => (line.kind === 'progress' ? [line.done, line.total] : line.kind))).toEqual([
      [100, 250],
      [200, 250],
      [250, 250],
    ])
  })

  test('is for admins', async () => {
    const owner = await makeOrg(testDb.db)
    const context = await makeMember(owner, 'manager')
    await expect(ask(context, shop, 'plan')).rejects.toMatchObject({ code: 'forbidden' })
    const orgId: OrgId = owner.orgId
    await expect(cancelImport(context, { orgId, importId: newId() })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('a bundle', () => {
  const bundle = {
    schema: '1.0',
    name: 'Desk',
    description: 'Answers people.',
    tier: 2,
    model: 'rehearsal',
    system_prompt: 'You answer.\n',
    skills: [{ id: 'triage', name: 'Triage', description: 'x', files: { 'SKILL.md': '# Triage\n' } }],
    prompts: { 'tone.md': 'Friendly.\n' },
    sub_workspaces: [{ name: 'First line', system_prompt: 'You are first.\n', sub_workspaces: [] }],
  }
  const given = (value: unknown): ImportSource => ({
    kind: 'bundle',
    name: 'desk.bundle.json',
    text: JSON.stringify(value),
  })

  test('becomes a workspace with its skills and everything below', async () => {
    const context = await makeOrg(testDb.db)
    expect((await ask(context, given(bundle), 'apply')).last).toMatchObject({ kind: 'applied', plan: { errors: [] } })
    expect(await namesIn(context)).toEqual(['Desk', 'First line'])
    const files = await readRows<{ path: string }>(
      context.db,
      context.orgId,
      sql`select f.path from files f join workspaces w on w.org_id = f.org_id and w.id = f.workspace_id
           where w.name = 'Desk' order by f.path`,
    )
    expect(files.map(({ path }) => path)).toEqual([
      'config.yaml',
      'skills/triage/SKILL.md',
      'system-prompt.md',
      'tone.md',
    ])
  })

  test('that is none is refused with its name and the reason', async () => {
    const context = await makeOrg(testDb.db)
    const broken: ImportSource = { kind: 'bundle', name: 'x.bundle.json', text: '{' }
    await expect(ask(context, broken, 'plan')).rejects.toThrow('x.bundle.json is not JSON.')
    await expect(ask(context, given({ name: 4 }), 'plan')).rejects.toThrow('desk.bundle.json is not a bundle')
    const deep: ImportSource = {
      kind: 'bundle',
      name: 'deep.bundle.json',
      text: `${'{"name":"A","sub_workspaces":['.repeat(3_000)}${']}'.repeat(3_000)}`,
    }
    await expect(ask(context, deep, 'plan')).rejects.toThrow('nested too deeply')
  })

  test('cannot write outside its folder', async () => {
    const context = await makeOrg(testDb.db)
    const out = given({ ...bundle, prompts: { '../../org.yaml': 'name: Other\n', '.env': 'A=1' } })
    const { last } = await ask(context, out, 'apply')
    expect(last).toMatchObject({ plan: { org: 'Desk' } })
  })
})

describe('the library', () => {
  const slugs = readdirSync(join(import.meta.dirname, 'library'))

  test.each(slugs)('%s imports without a warning, needs no key and plays without one', async (slug) => {
    const context = await makeOrg(testDb.db)
    const { last } = await ask(context, { kind: 'library', slug }, 'apply')
    expect(last).toMatchObject({ kind: 'applied', plan: { warnings: [], errors: [], keys: [] } })
    if (last.kind !== 'applied') return
    expect(last.plan.tries).toHaveLength(1)
    const script = readFileSync(join(import.meta.dirname, 'library', slug, 'rehearsal.yaml'), 'utf8')
    for (const { path } of last.plan.workspaces) expect(script).toContain(`workspace: ${path.at(-1)}`)
  })

  test('knows no path', async () => {
    const context = await makeOrg(testDb.db)
    for (const slug of ['../library/launch-team', 'launch-team/', '', 'none']) {
      await expect(ask(context, { kind: 'library', slug }, 'plan')).rejects.toMatchObject({ code: 'not-found' })
    }
  })
})
