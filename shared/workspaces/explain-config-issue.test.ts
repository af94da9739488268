import { expect, test } from 'vitest'
import { WorkspaceConfig } from './config.ts'
import { explainConfigIssue } from './explain-config-issue.ts'

test.each([
  [{ tier: 9 }, 'Use at most 5.'],
  [{ tier: 'high' }, 'Write a number here.'],
  [{ tier: 1.5 }, 'Write a whole number here.'],
  [{ model: '' }, 'This may not be empty.'],
  [{ role: 'x'.repeat(401) }, 'Use at most 400 characters.'],
  [{ tools: 'read' }, 'Write a list, one "- item" a line here.'],
  [{ repeat_model_calls: 'no' }, 'Write true or false here.'],
  [{ name: 'x'.repeat(81) }, 'Use at most 80 characters.'],
  [{ required_env: ['lower'] }, 'Use capitals, digits and underscores, beginning with a letter.'],
  [['a', 'list'], 'Write fields, one "name: value" a line here.'],
])('%j: %s', (config, words) => {
  const issues = WorkspaceConfig.safeParse(config).error?.issues ?? []
  expect(issues.map(explainConfigIssue)).toEqual([words])
})
