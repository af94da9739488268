import { expect, test } from 'vitest'
import { allowedTools } from './allowed-tools.ts'

const all = ['delegate_task', 'read_file', 'write_file', 'run_code', 'web_fetch']

test('without a list there is everything that stays on this server', () => {
  expect(allowedTools(all, undefined)).toEqual(['delegate_task', 'read_file', 'write_file', 'run_code'])
})

test('a list gives what it names, by name or pattern, and never takes away how agents work together', () => {
  expect(allowedTools(all, ['*_file'])).toEqual(['delegate_task', 'read_file', 'write_file'])
  expect(allowedTools(all, [])).toEqual(['delegate_task'])
})

test('what reaches the world must be named; a pattern does not reach it', () => {
  expect(allowedTools(all, ['*'])).not.toContain('web_fetch')
  expect(allowedTools(['run_code', 'run_project'], ['run_*'])).toEqual(['run_code'])
  expect(allowedTools(all, ['web_fetch'])).toEqual(['delegate_task', 'web_fetch'])
})
