import { defineCommand } from 'citty'
import { AppError } from '#shared/kernel/app-error.ts'
import type { McpServer } from '#shared/mcp/contract.ts'
import type { OrgContext } from '../kernel/actor.ts'
import { onThisMachine, requireOrg } from './on-this-machine.ts'
import { tellProblem } from './tell-problem.ts'

const common = {
  org: { type: 'string', description: 'Org, by name or id; not needed where there is one' },
  'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
} as const
const json = { json: { type: 'boolean', default: false, description: 'Print one JSON object' } } as const
const named = { name: { type: 'positional', required: true, description: 'Of the server' } } as const

const listCommand = defineCommand({
  meta: { name: 'list', description: 'The servers, where they are and how they stand.' },
  args: { ...common, ...json },
  run: ({ args }) =>
    inOrg(args, async (context) => {
      const servers = await serversOf(context)
      console.log(args.json ? JSON.stringify({ servers }) : inWords(servers))
    }),
})

const addCommand = defineCommand({
  meta: { name: 'add', description: 'Add a server by its address, for every workspace. Nobody is asked yet.' },
  args: {
    ...named,
    url: { type: 'positional', required: true, description: 'Such as https://mcp.example.com/mcp' },
    authorization: { type: 'string', description: "The header, such as 'Bearer {{secret GITHUB_TOKEN}}'" },
    ...common,
  },
  run: ({ args }) =>
    inOrg(args, async (context) => {
      const { AddMcpServer } = await import('#shared/mcp/contract.ts')
      const { addServer } = await import('../features/mcp/index.ts')
      const headers = args.authorization === undefined ? {} : { Authorization: args.authorization }
      const transport = { kind: 'http' as const, url: args.url, headers }
      const asked = { orgId: context.orgId, name: args.name, transport, reach: { kind: 'everyone' as const } }
      const parsed = AddMcpServer.safeParse(asked)
      if (!parsed.success) {
        const { path = [], message = 'It is not valid.' } = parsed.error.issues[0] ?? {}
        const field = path.includes('headers') ? 'authorization' : path.includes('url') ? 'url' : 'name'
        throw new AppError('bad-input', `The ${field} cannot be this. ${message}`, { field })
      }
      await addServer(context, parsed.data)
      console.log(`Added ${args.name}. Try it: delegraph mcp try ${args.name}`)
    }),
})

const tryCommand = defineCommand({
  meta: { name: 'try', description: 'Meet a server and read its list of tools; none of them is called.' },
  args: { ...named, ...common, ...json },
  run: ({ args }) =>
    inOrg(args, async (context) => {
      const { closeLinks, tryServer } = await import('../features/mcp/index.ts')
      const { id } = await find(context, args.name)
      try {
        const { tools } = await tryServer(context, id, AbortSignal.timeout(60_000))
        const { state } = await find(context, args.name)
        console.log(args.json ? JSON.stringify({ tools, state }) : `${args.name} offers ${tools} tools. ${next[state]}`)
      } finally {
        await closeLinks(context.db)
      }
    }),
})

const removeCommand = defineCommand({
  meta: { name: 'remove', description: 'Take a server away; it can be brought back for a day in Settings, Tools.' },
  args: { ...named, ...common },
  run: ({ args }) =>
    inOrg(args, async (context) => {
      const { removeServer } = await import('../features/mcp/index.ts')
      const { id } = await find(context, args.name)
      await removeServer(context, id)
      console.log(`Removed ${args.name}. It can be brought back for a day: Settings, Tools.`)
    }),
})

export const mcpCommand = defineCommand({
  meta: { name: 'mcp', description: 'External MCP servers whose tools agents use: list, add, try and remove them.' },
  subCommands: { list: listCommand, add: addCommand, try: tryCommand, remove: removeCommand },
})

/** What a server waits for; approvals are given on the screen, where all that is approved can be read. */
const next: Readonly<Record<McpServer['state'], string>> = {
  off: 'It is switched off.',
  command: 'Its command waits for an approval: Settings, Tools.',
  untried: 'It has not been tried.',
  tools: 'Its tools wait for an approval: Settings, Tools.',
  changed: 'Its tools changed, so they stopped: Settings, Tools.',
  unreachable: 'It cannot be used.',
  ready: 'It is ready.',
}

type Where = { org?: string | undefined; 'data-dir'?: string | undefined }

async function inOrg(args: Where, work: (context: OrgContext) => Promise<void>): Promise<void> {
  try {
    const installation = { dataDir: args['data-dir'], databaseUrl: process.env.DATABASE_URL }
    await onThisMachine(installation, async (db, owner) => {
      const { resolveDataDir } = await import('../kernel/data-dir.ts')
      const { openVault } = await import('../kernel/vault/open-vault.ts')
      await openVault(db, { dataDir: resolveDataDir(args['data-dir']), env: process.env })
      await work(await requireOrg(db, owner, args.org))
    })
  } catch (error) {
    tellProblem(error)
  }
}

async function serversOf(context: OrgContext): Promise<McpServer[]> {
  const { listServers } = await import('../features/mcp/index.ts')
  return (await listServers(context)).servers
}

async function find(context: OrgContext, name: string): Promise<McpServer> {
  const found = (await serversOf(context)).find((server) => server.name === name)
  if (found) return found
  throw new AppError('not-found', `There is no MCP server ${name}.`, { fix: 'See: delegraph mcp list' })
}

function inWords(servers: readonly McpServer[]): string {
  if (servers.length === 0) return 'There is no MCP server yet. Add one with: delegraph mcp add NAME URL'
  const width = Math.max(...servers.map(({ name }) => name.length))
  return servers
    .map(({ name, transport, state, approved }) => {
      const place = transport.kind === 'http' ? transport.url : [transport.command, ...transport.args].join(' ')
      return `${name.padEnd(width)}  ${next[state]}  ${approved?.tools.length ?? 0} tools  ${place}`
    })
    .join('\n')
}
