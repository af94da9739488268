import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { ImportReport } from '#shared/templates/contract.ts'
import { makeTemplateFolder } from '../features/templates/template-folder.fixture.ts'

const made: (() => void)[] = []
afterEach(() => {
  for (const remove of made.splice(0)) remove()
})

function delegraph(files: Readonly<Record<string, string>>, ...args: string[]) {
  const { dir, remove } = makeTemplateFolder(files)
  made.push(remove)
  // No data folder can be made there: planning needs none.
  const env = { ...process.env, DATABASE_URL: '', XDG_DATA_HOME: '/proc/nowhere' }
  const ran = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), 'import', dir, ...args], {
    encoding: 'utf8',
    env,
  })
  return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr }
}

test('a plan as JSON is one object with exactly the promised fields, in file order, with effective values', () => {
  const { status, stdout } = delegraph(
    {
      'org.yaml': `name: Shop
template_schema_version: 1
defaults:
  runtime: claude-code
  plugins: [a, b]
  category_routing: { ui: [Web], docs: [Writer] }
workspaces:
  - !include teams/lead.yaml
  - { name: "<b>🦊</b> مرحبا", runtime: langgraph, tier: 4, plugins: ["!a", "-b"] }
`,
      'teams/lead.yaml': `name: Lead
files_dir: lead
initial_prompt_file: start.md
plugins: [c, a]
category_routing: { docs: [], ui: [Web, Mobile] }
schedules: [{ name: Daily, cron_expr: "0 9 * * 1-5", prompt: Report. }]
channels: [{ type: telegram, config: { token: "\${TOKEN}" } }]
children: [{ name: Writer, model: opus, idle_prompt: "Look around." }]
`,
      'lead/start.md': 'Héllo 🦊',
    },
    '--plan',
    '--json',
  )
  expect(status).toBe(0)
  const planned = JSON.parse(stdout)
  expect(Object.keys(planned)).toEqual(['org', 'workspaces', 'warnings', 'errors'])
  const shared = { action: 'create', runtime: 'claude-code', model: 'sonnet', tier: 2 }
  const none = { schedules: [], channels: [], initialPromptChars: 0, idlePromptChars: 0 }
  expect(planned.workspaces).toEqual([
    {
      ...{ name: 'Lead', parent: null, ...shared, plugins: ['a', 'b', 'c'] },
      ...{ schedules: ['Daily'], channels: ['telegram'], initialPromptChars: 7, idlePromptChars: 0 },
      categoryRouting: { ui: ['Web', 'Mobile'] },
    },
    {
      ...{ name: 'Writer', parent: 'Lead', ...shared, model: 'opus', plugins: ['a', 'b'], ...none },
      ...{ idlePromptChars: 12, categoryRouting: { docs: ['Writer'], ui: ['Web'] } },
    },
    {
      ...{ name: '<b>🦊</b> مرحبا', parent: null, action: 'create', runtime: 'langgraph' },
      ...{ model: 'anthropic:claude-opus-4-7', tier: 4, plugins: [], ...none },
      categoryRouting: { docs: ['Writer'], ui: ['Web'] },
    },
  ])
  expect(planned.warnings).toHaveLength(2)
  expect(planned.errors).toEqual([])
})

test('any error makes it exit with 2, all errors being in the object', () => {
  const { status, stdout } = delegraph(
    { 'org.yaml': 'name: O\nworkspaces: [!include a.yaml, !include ../b.yaml, { tier: 2 }]\n' },
    '--plan',
    '--json',
  )
  expect(status).toBe(2)
  expect(ImportReport.parse(JSON.parse(stdout)).errors).toHaveLength(3)
})

test('without --json it is read by a person, and an option that is not one imports nothing', () => {
  const org = { 'org.yaml': 'name: O\nworkspaces: [{ name: A }]\n' }
  expect(delegraph(org, '--plan').stdout).toContain('1 to create, 0 to update, 0 to keep.')
  const wrong = delegraph(org, '--plna')
  expect([wrong.status, wrong.stdout]).toEqual([1, ''])
  expect(wrong.stderr).toContain('--plna is not an option of import.')
})
