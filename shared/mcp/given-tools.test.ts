import { expect, test } from 'vitest'
import { McpServerId, WorkspaceId } from '../kernel/ids.ts'
import type { McpReach, McpState, McpTool } from './contract.ts'
import { givenTools } from './given-tools.ts'
import { toolName } from './tool-name.ts'

const me = WorkspaceId.parse('01a1ff23-be32-702f-83b6-814b1baf12ae')
const claims = { readOnly: true, idempotent: true, destructive: false, openWorld: false }
const tool = (name: string): McpTool => ({
  name,
  title: null,
  description: name,
  inputSchema: {},
  claims,
  digest: name,
})
const server = (reach: McpReach, state: McpState = 'ready') => ({
  ...{
    id: McpServerId.parse('01a1ff23-be32-702f-83b6-814b1baf12af'),
    name: 'sky',
    reach,
    state,
    isHttp: true,
    hints: {},
  },
  tools: [tool('weather'), tool('moon')],
})
const names = (reach: McpReach, asker: { tools?: string[]; servers?: string[] }, state?: McpState) =>
  givenTools([server(reach, state)], { id: me, tools: asker.tools, servers: asker.servers }).map(({ name }) => name)
const everyone: McpReach = { kind: 'everyone' }
const both = ['sky__weather', 'sky__moon']

test('a server reaches whom people say, and a config only takes away or, where they say so, asks for it', () => {
  expect(names(everyone, {})).toEqual(both)
  expect(names({ kind: 'listed', workspaceIds: [me] }, {})).toEqual(both)
  expect(names({ kind: 'listed', workspaceIds: [] }, { servers: ['sky'] })).toEqual([])
  expect(names({ kind: 'config' }, {})).toEqual([])
  expect(names({ kind: 'config' }, { servers: ['sky'] })).toEqual(both)
  expect(names(everyone, { servers: [] })).toEqual([])
})

test('a list of tools must name the tool or its server; a pattern for everything gives none', () => {
  expect(names(everyone, { tools: [] })).toEqual([])
  expect(names(everyone, { tools: ['*'] })).toEqual([])
  expect(names(everyone, { tools: ['sky__*'] })).toEqual(both)
  expect(names(everyone, { tools: ['sky__moon'] })).toEqual(['sky__moon'])
  expect(names(everyone, { tools: ['read_file'], servers: ['sky'] })).toEqual(both)
  expect(names(everyone, { tools: ['read_file', 'sky__moon'], servers: ['sky'] })).toEqual(['sky__moon'])
})

test.each(['off', 'command', 'untried', 'tools', 'changed'] as const)(
  'of a server that is %s there is no tool',
  (state) => {
    expect(names(everyone, {}, state)).toEqual([])
  },
)

test('what a server claims of a tool counts for nothing; what a person said does', () => {
  const [given] = givenTools([server(everyone)], { id: me, tools: undefined, servers: undefined })
  expect(given?.hints).toEqual({ readOnly: false, idempotent: false, destructive: true, openWorld: true })
  const said = { weather: { readOnly: true, idempotent: true, destructive: false } }
  const [told] = givenTools([{ ...server(everyone), hints: said }], { id: me, tools: undefined, servers: undefined })
  expect(told?.hints).toMatchObject({ readOnly: true, destructive: false, openWorld: true })
})

test('names are such as every provider takes, and stay apart', () => {
  expect(toolName('sky', 'weather')).toBe('sky__weather')
  const odd = ['a.b', 'a/b', `${'x'.repeat(90)}1`, `${'x'.repeat(90)}2`].map((name) => toolName('sky', name))
  expect(new Set(odd).size).toBe(4)
  for (const name of odd) expect(name).toMatch(/^sky__[A-Za-z0-9_-]{1,59}$/)
})
