import { expect, test } from 'vitest'
import { openChangingServer } from '../testing/mcp/changing-server.ts'
import { openCommandLine } from './command-line.fixture.ts'

const cli = openCommandLine()

test('an MCP server is added, tried, listed and removed in the terminal; its tools wait for a person', {
  timeout: 90_000,
}, async () => {
  await cli.importOrg('name: Shop\nworkspaces: [{ name: Lead }]\n')
  expect((await cli.run(['mcp', 'list'])).out).toBe(
    'There is no MCP server yet. Add one with: delegraph mcp add NAME URL\n',
  )

  const server = await openChangingServer([{ name: 'weather', description: 'Tells the weather.' }])
  const env = { DELEGRAPH_ALLOWED_ADDRESSES: server.host }
  const added = await cli.run(['mcp', 'add', 'sky', server.url])
  expect(added).toEqual({ status: 0, out: 'Added sky. Try it: delegraph mcp try sky\n', error: '' })
  expect(server.seen).toEqual([])
  const tried = await cli.run(['mcp', 'try', 'sky'], { env })
  expect(tried).toEqual({
    ...{ status: 0, error: '' },
    out: 'sky offers 1 tools. Its tools wait for an approval: Settings, Tools.\n',
  })
  const listed = await cli.run(['mcp', 'list', '--json'])
  expect(JSON.parse(listed.out).servers).toMatchObject([{ name: 'sky', state: 'tools' }])

  expect((await cli.run(['mcp', 'remove', 'sky'])).out).toContain('Removed sky. It can be brought back for a day')
  const gone = await cli.run(['mcp', 'try', 'sky'], { env })
  expect(gone).toMatchObject({ status: 1, error: expect.stringContaining('There is no MCP server sky.') })
  await server.close()
})

test('what cannot be a server says which part and keeps nothing; an address nobody allowed is not met', {
  timeout: 90_000,
}, async () => {
  const named = await cli.run(['mcp', 'add', 'two words', 'https://mcp.example.com/mcp'])
  expect(named.status).toBe(1)
  expect(named.error).toContain('The name cannot be this. Use small letters')
  const plain = await cli.run([
    'mcp',
    'add',
    'sky',
    'https://mcp.example.com/mcp',
    '--authorization',
    'Bearer ghp_0123456789abcdefghijklmnop',
  ])
  expect(plain.status).toBe(1)
  expect(plain.error).toContain('{{secret')
  expect(plain.error).not.toContain('ghp_0123')
  expect(JSON.parse((await cli.run(['mcp', 'list', '--json'])).out).servers).toEqual([])

  await cli.run(['mcp', 'add', 'inner', 'http://127.0.0.1:9/mcp'])
  const refused = await cli.run(['mcp', 'try', 'inner'])
  expect(refused.status).toBe(1)
  expect(refused.error).toContain('a private address, which the operator of this server does not allow')
})
