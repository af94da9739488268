import { z } from 'zod'
import { McpServerId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { maxFileChars, maxFiles, maxNameChars, serverName } from './limits.ts'

/** Text in which `{{secret NAME}}` stands for the value of a secret, put in only where the server is reached. */
const ValueText = z.string().max(4_000)

const HttpTransport = z.strictObject({
  kind: z.literal('http'),
  /** Of its streamable HTTP endpoint. */
  url: z.string().min(1).max(2_000),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,100}$/, 'Use letters, digits and hyphens.'), ValueText),
})

const StdioTransport = z.strictObject({
  kind: z.literal('stdio'),
  /** A program of the sandbox (node, deno, python3, one of /usr/bin) or a path in `folder`. */
  command: z.string().min(1).max(500),
  args: z.array(z.string().max(2_000)).max(50),
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'Use letters, digits and underscores.'), ValueText),
  /** Of this server's machine, seen read-only by the program; one that the operator lists. */
  folder: z.string().max(500).nullable(),
  /** Laid where the program can read them before it starts (see `filesInside`), by relative path. */
  files: z
    .record(
      z
        .string()
        .min(1)
        .max(200)
        .regex(/^(?!.*(^|\/)\.\.?(\/|$))[^/\\][^\\]*$/, 'Give a relative path.'),
      z.string().max(maxFileChars),
    )
    .refine((files) => Object.keys(files).length <= maxFiles, `At most ${maxFiles} files.`),
})
export type StdioTransport = z.infer<typeof StdioTransport>

export const McpTransport = z.discriminatedUnion('kind', [HttpTransport, StdioTransport])
export type McpTransport = z.infer<typeof McpTransport>

/** Who may use it: every workspace, these, or those whose config names it under `mcp_servers`. */
export const McpReach = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everyone') }),
  z.strictObject({ kind: z.literal('listed'), workspaceIds: z.array(WorkspaceId).max(500) }),
  z.strictObject({ kind: z.literal('config') }),
])
export type McpReach = z.infer<typeof McpReach>

/** What a person says of a tool; what its server says of it is a claim that nothing is built on. */
export const ToolHints = z.strictObject({
  readOnly: z.boolean(),
  idempotent: z.boolean(),
  destructive: z.boolean(),
})
export type ToolHints = z.infer<typeof ToolHints>

/** A tool as its server describes it. */
export const McpTool = z.object({
  name: z.string(),
  title: z.string().nullable(),
  description: z.string(),
  inputSchema: z.record(z.string(), z.unknown()),
  /** Its annotations: what the server claims. */
  claims: z.object({
    readOnly: z.boolean().nullable(),
    idempotent: z.boolean().nullable(),
    destructive: z.boolean().nullable(),
    openWorld: z.boolean().nullable(),
  }),
  /** Of all of the above. */
  digest: z.string(),
})
export type McpTool = z.infer<typeof McpTool>

/** The whole list, under one hash. */
export const ToolList = z.object({ hash: z.string(), tools: z.array(McpTool) })
export type ToolList = z.infer<typeof ToolList>

/** Where a server stands; only the tools of one that is `ready` are called. */
export const McpState = z.enum(['off', 'command', 'untried', 'tools', 'changed', 'unreachable', 'ready'])
export type McpState = z.infer<typeof McpState>

const Approved = { byName: z.string(), at: Instant }

export const McpServer = z.object({
  id: McpServerId,
  name: z.string(),
  transport: McpTransport,
  reach: McpReach,
  timeoutSeconds: z.int(),
  isOn: z.boolean(),
  state: McpState,
  /** Of the command as it stands, its files included; null where it is reached by HTTP. */
  commandHash: z.string().nullable(),
  commandApproved: z.object({ hash: z.string(), ...Approved }).nullable(),
  approved: z.object({ ...ToolList.shape, ...Approved }).nullable(),
  /** The list as the server gave it last. */
  seen: z.object({ ...ToolList.shape, at: Instant }).nullable(),
  /** What went wrong when it was asked last. */
  trouble: z.object({ reason: z.string(), at: Instant }).nullable(),
  hints: z.record(z.string(), ToolHints),
  /** Secrets it names that the organisation has not set. */
  lacks: z.array(z.string()),
})
export type McpServer = z.infer<typeof McpServer>

export type McpServers = {
  servers: McpServer[]
  removed: { id: McpServerId; name: string; restorableUntil: string }[]
  /** Whether programs can be confined here, and if not, why and what to do. */
  sandbox: { state: 'usable' } | { state: 'none'; reason: string }
  /** Folders the operator lists for programs. */
  folders: string[]
}

const Name = z
  .string()
  .min(1)
  .max(maxNameChars, `At most ${maxNameChars} characters.`)
  .regex(serverName, 'Use small letters, digits and single hyphens, beginning with a letter.')

const Settings = {
  transport: McpTransport,
  reach: McpReach,
  timeoutSeconds: z.int().min(1).max(600).default(60),
}

export const AddMcpServer = z.object({ orgId: OrgId, name: Name, ...Settings })
export type AddMcpServer = z.input<typeof AddMcpServer>

export const McpServerInput = z.object({ orgId: OrgId, serverId: McpServerId })
export type McpServerInput = z.infer<typeof McpServerInput>

export const ChangeMcpServer = z.object({
  ...McpServerInput.shape,
  transport: McpTransport.optional(),
  reach: McpReach.optional(),
  timeoutSeconds: z.int().min(1).max(600).optional(),
  isOn: z.boolean().optional(),
})
export type ChangeMcpServer = z.infer<typeof ChangeMcpServer>

/** The hash is that of what the person looked at; where it is another by now, nothing is approved. */
export const ApproveMcp = z.object({ ...McpServerInput.shape, hash: z.string().min(1).max(100) })
export type ApproveMcp = z.infer<typeof ApproveMcp>

export const SetToolHints = z.object({
  ...McpServerInput.shape,
  tool: z.string().min(1).max(200),
  /** Null: as for a tool nobody said anything of. */
  hints: ToolHints.nullable(),
})
export type SetToolHints = z.infer<typeof SetToolHints>

export const McpOfWorkspace = z.object({ orgId: OrgId, workspaceId: WorkspaceId })

/** A tool of an MCP server as one workspace has it, or why it has not. */
export type WorkspaceMcpServer = {
  id: McpServerId
  name: string
  state: McpState
  tools: { name: string; description: string; isReadOnly: boolean }[]
}
