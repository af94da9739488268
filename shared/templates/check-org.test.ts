import { describe, expect, test } from 'vitest'
import { checkOrg } from './check-org.ts'

const messages = (data: unknown) => checkOrg(data).errors.map(({ path, message }) => `${path.join('.')} ${message}`)
const org = (workspace: object) => ({ name: 'Org', workspaces: [workspace] })

describe('an org.yaml', () => {
  test('that is whole has no errors, and a field given as null counts as absent', () => {
    const checked = checkOrg(org({ name: 'Lead', role: null, plugins: null, children: [{ name: 'A' }, { name: 'B' }] }))
    expect(checked.errors).toEqual([])
    expect(checked.workspaces[0]?.children.map((child) => child.fields.name)).toEqual(['A', 'B'])
  })

  test('is told all of its faults, the good workspaces staying readable', () => {
    const checked = checkOrg({
      workspaces: [
        { role: 'nobody' },
        { name: 'Fine' },
        { name: 'Tier', tier: 9, children: [{ name: 'x'.repeat(81) }, { name: 'Below' }] },
        'text',
      ],
    })
    expect(checked.errors.map(({ path }) => path.join('.'))).toEqual([
      'name',
      'workspaces.0.name',
      'workspaces.2.tier',
      'workspaces.2.children.0.name',
      'workspaces.3',
    ])
    expect(checked.workspaces.map((workspace) => workspace.fields.name)).toEqual(['Fine'])
  })

  test('with unknown fields is told their names and is otherwise fine', () => {
    const checked = checkOrg({
      name: 'Org',
      template_schema_version: 1,
      defaults: { config: { provider_url: 'http://x' } },
      workspaces: [
        { name: 'A', parent: 'b', schedules: [{ name: 's', cron_expr: '* * * * *', prompt: 'p', cron: 1 }] },
      ],
    })
    expect(checked.errors).toEqual([])
    expect(checked.warnings.map(({ path }) => path.join('.'))).toEqual([
      'template_schema_version',
      'defaults.config',
      'workspaces.0.parent',
      'workspaces.0.schedules.0.cron',
    ])
  })

  test.each([
    [{ name: 'A', workspace_access: 'read_only' }, /needs a workspace_dir/],
    [{ name: 'A', workspace_access: 'everything' }, /none, read_only or read_write/],
    [{ name: 'A', required_env: ['lower'] }, /"lower" is no name of an environment variable/],
    [{ name: 'A', required_env: [{ any_of: ['OK', '1BAD'] }] }, /"1BAD" is no name/],
    [{ name: 'A', category_routing: { ui: 'Frontend' } }, /list of roles/],
    [{ name: 'A', category_routing: ['ui'] }, /mapping from category/],
    [{ name: 'A', external: true }, /needs the url/],
    [{ name: 'A', external: true, url: 'file:///etc/passwd' }, /http or https/],
    [{ name: 'A', schedules: [{ name: 's', cron_expr: 'soon' }] }, /five cron fields/],
    [{ name: 'A', schedules: [{ name: 's', cron_expr: '0 9 * * 1', timezone: 'Moon/Sea' }] }, /time zone/],
    [{ name: 'a\u0007b' }, /control characters/],
    [{ name: 'A', children: [{ name: 'B' }, { name: 'B' }] }, /Another workspace beside this one is named "B"/],
  ])('is refused with words for a person: %j', (workspace, expected) => {
    expect(messages(org(workspace)).join('\n')).toMatch(expected)
  })

  test('may leave a field empty, which is as if it were not there', () => {
    expect(messages(org({ name: 'A', model: '', url: '', files_dir: '', idle_prompt: '' }))).toEqual([])
    expect(messages(org({ name: '' }))).toEqual(['workspaces.0.name name: This field is missing.'])
  })

  test('is told of schedules that do nothing or share a name', () => {
    const schedules = [
      { name: 's', cron_expr: '0 9 * * *' },
      { name: 's', cron_expr: '@hourly', prompt: 'Go.' },
    ]
    const checked = checkOrg(org({ name: 'A', schedules }))
    expect(checked.errors).toEqual([])
    expect(checked.warnings.map(({ message }) => message)).toEqual([
      'The schedule "s" has no prompt, so it will do nothing.',
      'This workspace has another schedule named "s".',
    ])
  })

  test('may use any name people write', () => {
    const names = ['<script>alert(1)</script>', '🦊 Fox', 'مدير التصميم', 'A11y + SEO / QA ~ 1', "Robert'); drop table"]
    expect(messages({ name: 'Org', workspaces: names.map((name) => ({ name })) })).toEqual([])
  })

  test('has an end: depth and number of workspaces', () => {
    let deep: object = { name: 'leaf' }
    for (let level = 0; level < 40; level++) deep = { name: `level ${level}`, children: [deep] }
    expect(messages(org(deep)).join()).toMatch(/nested deeper than 32/)
    const many = Array.from({ length: 2_001 }, (_, index) => ({ name: `w${index}` }))
    expect(messages({ name: 'Org', workspaces: many }).join()).toMatch(/more than 2000 workspaces/)
  })
})
