import { describe, expect, test } from 'vitest'
import { checkOrg } from './check-org.ts'
import type { DeclaredWorkspace } from './declared.ts'
import { effectiveWorkspace } from './effective.ts'
import { type CurrentWorkspace, pathKey, planImport, readablePath, type Template, toReport } from './plan.ts'

function template(names: readonly (readonly string[])[], prompt = 'v1', workspace: object = {}): Template {
  const checked = checkOrg({ name: 'Org', workspaces: [{ name: 'A', ...workspace }] })
  const [first] = checked.workspaces
  if (!first || !checked.head) throw new Error('the workspace does not hold')
  const org = { head: checked.head, defaults: checked.defaults, defaultPrompts: {} }
  const declared = effectiveWorkspace(org, { workspace: first, prompts: {}, envNames: new Set() })
  return {
    name: 'Org',
    declared: { description: '', requiredEnv: [], recommendedEnv: [], globalMemories: [], defaults: {} },
    workspaces: names.map((path) => ({
      path,
      declared,
      files: [{ path: 'system-prompt.md', text: prompt, hash: prompt }],
    })),
    rehearsal: '',
    warnings: [],
    errors: [],
  }
}

/** The org right after it took over a plan. */
function orgAfter(imported: Template): CurrentWorkspace[] {
  const plan = planImport({ template: imported, current: [], keys: new Set(), missingKeys: 'warn' })
  return plan.workspaces.map(({ templatePath, declared, writes }, index) => ({
    id: String(index),
    templatePath,
    declared,
    files: writes.map(({ path, hash }) => ({ path, hash, isEdited: false })),
  }))
}

const plan = (next: Template, current: readonly CurrentWorkspace[]) =>
  planImport({ template: next, current, keys: new Set(), missingKeys: 'warn' })
const actions = (next: Template, current: readonly CurrentWorkspace[]) =>
  plan(next, current).workspaces.map(({ name, action }) => `${action} ${name}`)

const team = [['Lead'], ['Lead', 'Writer']]

describe('a plan', () => {
  test('creates everything in an empty org, parents first', () => {
    expect(actions(template(team), [])).toEqual(['create Lead', 'create Writer'])
  })

  test('keeps everything when the template says nothing new', () => {
    const result = plan(template(team), orgAfter(template(team)))
    expect(result.workspaces.map(({ action, writes }) => [action, writes.length])).toEqual([
      ['keep', 0],
      ['keep', 0],
    ])
    expect(result.warnings).toEqual([])
  })

  test('updates what the template changed: a file or a value', () => {
    expect(actions(template(team, 'v2'), orgAfter(template(team)))).toEqual(['update Lead', 'update Writer'])
    expect(actions(template(team, 'v1', { tier: 4 }), orgAfter(template(team)))).toEqual([
      'update Lead',
      'update Writer',
    ])
  })

  test('keeps a file that a person edited, says so each time, and still takes the other changes', () => {
    const current = orgAfter(template([['Lead']])).map((workspace) => ({
      ...workspace,
      files: [{ path: 'system-prompt.md', hash: 'mine', isEdited: true }],
    }))
    const changed = plan(template([['Lead']], 'v2', { tier: 4 }), current)
    expect(changed.workspaces[0]).toMatchObject({ action: 'update', writes: [] })
    expect(changed.warnings).toEqual(['Lead: system-prompt.md was edited since the last import; it is kept.'])
    const again = plan(template([['Lead']], 'v2'), current)
    expect(again.workspaces[0]?.action).toBe('keep')
    expect(again.warnings).toHaveLength(1)
  })

  test('does not bring back a file a person deleted until the template says something new in it', () => {
    const current = orgAfter(template([['Lead']])).map((workspace) => ({ ...workspace, files: [] }))
    expect(actions(template([['Lead']]), current)).toEqual(['keep Lead'])
    expect(actions(template([['Lead']], 'v2'), current)).toEqual(['update Lead'])
  })

  test('keeps what is no longer in the template, and a new name is a new workspace', () => {
    const result = plan(template([['Lead'], ['Lead', 'Author']]), orgAfter(template(team)))
    expect(result.workspaces.map(({ action, name }) => `${action} ${name}`)).toEqual(['keep Lead', 'create Author'])
    expect(result.warnings).toEqual(['Lead › Writer is no longer in the template; the workspace is kept.'])
  })

  test('does not care in which order stored fields come back', () => {
    const current = orgAfter(template([['Lead']])).map((workspace) => {
      const { role, ...rest } = workspace.declared ?? ({} as const satisfies Partial<DeclaredWorkspace>)
      if (role === undefined) return workspace
      return { ...workspace, declared: workspace.declared && { ...workspace.declared, ...rest, role } }
    })
    expect(actions(template([['Lead']]), current)).toEqual(['keep Lead'])
  })

  test('names missing keys as warnings, or as errors when they refuse', () => {
    const needs = template(team, 'v1', { required_env: ['KEY_A', { any_of: ['B', 'C'] }] })
    const input = { template: needs, current: [], keys: new Set(['C']) }
    expect(planImport({ ...input, missingKeys: 'warn' }).warnings).toEqual([
      'The key KEY_A is missing; every workspace needs it.',
    ])
    const refused = planImport({ ...input, missingKeys: 'refuse' })
    expect([refused.warnings, refused.errors]).toEqual([[], ['The key KEY_A is missing; every workspace needs it.']])
  })

  test('reports names, parents and effective values, counting characters and not UTF-16 units', () => {
    const report = toReport(plan(template(team, 'v1', { initial_prompt: '🦊é\n', plugins: ['p'] }), []))
    expect(report.workspaces[1]).toMatchObject({
      name: 'Writer',
      parent: 'Lead',
      plugins: ['p'],
      initialPromptChars: 3,
    })
    expect(Object.keys(report)).toEqual(['org', 'workspaces', 'warnings', 'errors'])
  })
})

test('a path of names is told apart from a name with a slash, and reads well', () => {
  expect(pathKey(['A/B'])).not.toBe(pathKey(['A', 'B']))
  expect(readablePath(pathKey(['A/B', 'C~1']))).toBe('A/B › C~1')
})
