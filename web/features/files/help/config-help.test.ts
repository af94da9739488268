import { describe, expect, test } from 'vitest'
import { completeConfig, explainField, lintConfig } from './config-help.ts'
import { makeSurroundings } from './surroundings.fixture.ts'

const around = makeSurroundings()

function offered(marked: string): string[] {
  return completeConfig(marked.replace('|', ''), marked.indexOf('|'), around).map(({ insert }) => insert)
}

describe('completion in config.yaml', () => {
  test.each([
    ['model: |', ['rehearsal']],
    ['model: "reh|', ['rehearsal']],
    ['fallback_models:\n  - |', ['rehearsal']],
    ['fallback_models: |', []],
    ['runtime: |', ['native']],
    ['tools:\n  - |', ['delegate_task', 'run_code']],
    ['tools: [run_code, |', ['delegate_task', 'run_code']],
    ['tools:\n- a\n# why\n- |', ['delegate_task', 'run_code']],
    ['skills:\n  - re|', ['research']],
    ['required_env:\n  - |', ['OPENAI_API_KEY']],
    ['required_env:\n  - any_of: [A, |', ['OPENAI_API_KEY']],
    ['workspace_access:\n  - workspace: x\n    mode: read_|', ['read_only', 'read_write']],
    ['role: |', []],
    ['tools: |', []],
    ['model: a # |', []],
  ])('%j', (marked, values) => {
    expect(offered(marked)).toEqual(values)
  })

  test('replaces the whole word at the cursor', () => {
    const [first] = completeConfig('model: rehearsal # x', 10, around)
    expect(first?.at).toEqual({ start: 7, end: 16 })
  })
})

describe('what is said about config.yaml', () => {
  test.each([
    ['tier: 9\n', ['tier: Use at most 5.', '9']],
    ['tier: high\n', ['tier: Write a number here.', 'high']],
    ['modle: x\n', ['Nothing reads the field modle. Did you mean model?', 'modle']],
    ['tools:\n  - run_cod\n', ['There is no tool called run_cod. Did you mean run_code?', 'run_cod']],
    ['tools:\n  - web_search\n', ['There is no tool called web_search.', 'web_search']],
    [
      'required_env:\n  - lower\n',
      ['required_env.0: Use capitals, digits and underscores, beginning with a letter.', 'lower'],
    ],
  ])('%j', (text, finding) => {
    expect(lintConfig(text, around).map(({ message, start, end }) => [message, text.slice(start, end)])).toEqual([
      finding,
    ])
  })

  test('a pattern is right as long as it fits a tool, and servers are completed by their tools', () => {
    const tool = { name: 'sky__weather', description: 'Tells the weather.' }
    const known = makeSurroundings({ tools: [...around.tools, tool] })
    expect(lintConfig("tools:\n  - 'sky__*'\n", known)).toEqual([])
    expect(lintConfig("tools:\n  - 'moon__*'\n", known)).toHaveLength(1)
    const text = 'mcp_servers:\n  - '
    expect(completeConfig(text, text.length, known).map(({ insert }) => insert)).toEqual(['sky'])
  })

  test('fields of an imported config are left alone', () => {
    expect(lintConfig('a2a: {port: 1}\nowner: {team: x}\nsub_workspaces: []\n', around)).toEqual([])
  })

  test('a text that is no YAML is one error with its place', () => {
    const [fault] = lintConfig('role: [\n', around)
    expect(fault).toMatchObject({ tone: 'error', code: 'yaml' })
  })

  test.each(['', '# nothing\n', 'role: x\n'])('%j is fine', (text) => {
    expect(lintConfig(text, around)).toEqual([])
  })
})

test('each field says when a change of it counts', () => {
  expect(explainField('tier: 2\n', 1)?.docs).toBe('Applies at once, to work in flight too.')
  expect(explainField('model: x\n', 1)?.docs).toMatch(/^Applies to the next delegation/)
  expect(explainField('model: x\n', 7)).toBeUndefined()
})
