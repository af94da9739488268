import { expect, test } from 'vitest'
import { nearestName } from './nearest-name.ts'

const tools = ['delegate_task', 'list_peers', 'run_code', 'remember']

test.each([
  ['delegate_tsk', 'delegate_task'],
  ['Run_code', 'run_code'],
  ['list_peer', 'list_peers'],
  ['rmeember', 'remember'],
])('%s was meant to be %s', (written, meant) => {
  expect(nearestName(written, tools)).toBe(meant)
})

test.each(['web_search', 'x', ''])('%j is near to none', (written) => {
  expect(nearestName(written, tools)).toBeUndefined()
})
