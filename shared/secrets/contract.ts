import { z } from 'zod'
import { McpServerId, OrgId, SecretId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { utf8Bytes } from '../memory/utf8-bytes.ts'
import { maxSecretBytes, secretName } from './limits.ts'

export const SecretName = z
  .string()
  .trim()
  .regex(secretName, 'Use capitals, digits and underscores, beginning with a letter; at most 128 characters.')

/** Spaces and line ends around a pasted key are no part of it. */
export const SecretValue = z
  .string()
  .trim()
  .min(1, 'Paste the value.')
  .regex(/^[^\0]*$/, 'Use no NUL character.')
  .refine((text) => utf8Bytes(text) <= maxSecretBytes, 'Use at most 64 KB.')

/** A secret as people see it. No answer of the server ever holds a value. */
export const Secret = z.object({
  id: SecretId,
  name: z.string(),
  /** Null: the organisation's, for every workspace that declares it and has none of its own. */
  workspaceId: WorkspaceId.nullable(),
  /** `••••abcd`: never more than the last four characters, and of short values none. */
  hint: z.string(),
  /** Id of a known service, or `custom`. */
  service: z.string(),
  version: z.int().positive(),
  createdAt: Instant,
  createdByName: z.string(),
  updatedAt: Instant,
  updatedByName: z.string(),
  lastUsedAt: Instant.nullable(),
  /** Workspaces that used it in the last 30 days. */
  usedBy: z.int().nonnegative(),
  /** MCP servers that used it in the last 30 days while they were reached for the whole organisation. */
  usedByServers: z.int().nonnegative(),
})
export type Secret = z.infer<typeof Secret>

/** Can be taken back until then. */
export const DeletedSecret = Secret.pick({ id: true, name: true, workspaceId: true, service: true }).extend({
  deletedAt: Instant,
  deletedByName: z.string(),
  restorableUntil: Instant,
})
export type DeletedSecret = z.infer<typeof DeletedSecret>

export const SecretList = z.object({ secrets: z.array(Secret), deleted: z.array(DeletedSecret) })
export type SecretList = z.infer<typeof SecretList>

const workspaceId = WorkspaceId.nullable().default(null)

/** Makes it, or gives it a new version. */
export const SetSecret = z.object({ orgId: OrgId, workspaceId, name: SecretName, value: SecretValue })
export type SetSecret = z.infer<typeof SetSecret>

/** Several at once, e.g. out of a pasted .env file: all or none. */
export const SetSecrets = z.object({
  orgId: OrgId,
  workspaceId,
  entries: z
    .array(z.object({ name: SecretName, value: SecretValue }))
    .min(1, 'Name at least one.')
    .max(200, 'Set at most 200 at once.')
    .refine((entries) => new Set(entries.map(({ name }) => name)).size === entries.length, 'Name each one once.'),
})
export type SetSecrets = z.infer<typeof SetSecrets>

export const SecretInput = z.object({ orgId: OrgId, secretId: SecretId })
export type SecretInput = z.infer<typeof SecretInput>

/** `affected`: workspaces that declare it and take it from here; their next call uses the new value. */
export const SecretChange = z.object({
  secretId: SecretId,
  name: z.string(),
  version: z.int().positive(),
  affected: z.array(z.object({ id: WorkspaceId, name: z.string() })),
  /** Why the value will not be masked where it turns up, in words; null where it will be. */
  notMasked: z.string().nullable(),
})
export type SecretChange = z.infer<typeof SecretChange>

/** Each group: one of these names is enough. `forModel` says that it is the model that wants it. */
export const MissingGroup = z.object({ anyOf: z.array(z.string()).min(1), forModel: z.boolean() })
export type MissingGroup = z.infer<typeof MissingGroup>

/** What the workspaces of an org declare and do not have; those that miss nothing are left out. */
export const MissingKeys = z.array(
  z.object({
    workspaceId: WorkspaceId,
    workspaceName: z.string(),
    model: z.string(),
    required: z.array(MissingGroup),
    recommended: z.array(MissingGroup),
  }),
)
export type MissingKeys = z.infer<typeof MissingKeys>

/** `models`: as they are played now, or as if every workspace were run by the model its config names. */
export const MissingInput = z.object({ orgId: OrgId, models: z.enum(['as-now', 'real']).default('as-now') })
export type MissingInput = z.infer<typeof MissingInput>

export const WorkspaceInput = z.object({ orgId: OrgId, workspaceId: WorkspaceId })

/** What one workspace declares or its model takes, and whose value it gets. */
export const DeclaredKeys = z.array(
  z.object({ name: z.string(), isRequired: z.boolean(), from: z.enum(['workspace', 'organisation', 'nowhere']) }),
)
export type DeclaredKeys = z.infer<typeof DeclaredKeys>

/** Without a value, the one that is kept for the scope is tried. */
export const TestKey = z.object({
  orgId: OrgId,
  workspaceId,
  service: z.string().max(40),
  value: SecretValue.optional(),
})
export type TestKey = z.infer<typeof TestKey>

export const KeyTest = z.object({
  outcome: z.enum(['works', 'refused', 'no-credit', 'rate-limited', 'unreachable', 'unclear']),
  /** One sentence for the person; never the value, never the body of the answer. */
  words: z.string(),
  tookMs: z.int().nonnegative(),
})
export type KeyTest = z.infer<typeof KeyTest>

/** A workspace; or an MCP server, where it was reached for the whole organisation. It may be gone by now. */
const SecretUser = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('workspace'), id: WorkspaceId, name: z.string() }),
  z.object({ kind: z.literal('mcp-server'), id: McpServerId, name: z.string() }),
])

/** Who used it when, newest first, in hours; and its versions, newest first. */
export const SecretUsage = z.object({
  uses: z.array(
    z.object({
      by: SecretUser,
      hour: Instant,
      count: z.int().positive(),
      lastAt: Instant,
    }),
  ),
  versions: z.array(
    z.object({ version: z.int().positive(), createdAt: Instant, createdByName: z.string(), isCurrent: z.boolean() }),
  ),
})
export type SecretUsage = z.infer<typeof SecretUsage>
