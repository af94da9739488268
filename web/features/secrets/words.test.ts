import { expect, test } from 'vitest'
import { usersWords } from './words.ts'

test('who used a secret is said in the words of what there is', () => {
  expect(usersWords({ usedBy: 0, usedByServers: 0 })).toBe('0 workspaces')
  expect(usersWords({ usedBy: 2, usedByServers: 0 })).toBe('2 workspaces')
  expect(usersWords({ usedBy: 0, usedByServers: 1 })).toBe('1 MCP server')
  expect(usersWords({ usedBy: 1, usedByServers: 2 })).toBe('1 workspace and 2 MCP servers')
})
