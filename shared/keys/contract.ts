import { z } from 'zod'
import { AgentTokenId, KeyId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { Role } from '../orgs/contract.ts'

/** No key is an owner: giving an organisation away or deleting it is done in person. */
export const KeyRole = Role.exclude(['owner'])
export type KeyRole = z.infer<typeof KeyRole>

/** Names of permissions a key is limited to within its role; null: all that keys may have. */
const KeyPermissions = z.array(z.string().min(1).max(60)).min(1, 'Choose at least one.').max(200).nullable()

const defaultKeyDays = 90
const maxKeyDays = 365

/** `holder` me: it acts as the person who makes it. machine: it acts by itself, under its own name. */
export const CreateKey = z.strictObject({
  orgId: OrgId,
  name: z.string().trim().min(1, 'Give the key a name.').max(80, 'Use at most 80 characters.'),
  holder: z.enum(['me', 'machine']),
  role: KeyRole,
  permissions: KeyPermissions.default(null),
  /** Days until it expires; null only for one that never does. */
  days: z.int().min(1).max(maxKeyDays, `Use at most ${maxKeyDays} days.`).nullable().default(defaultKeyDays),
})
export type CreateKey = z.input<typeof CreateKey>

export const KeyInput = z.strictObject({ orgId: OrgId, keyId: KeyId })

/** A key as lists show it: never the key itself, of which nothing but a hash is kept. */
export const ApiKey = z.object({
  id: KeyId,
  name: z.string(),
  holder: z.enum(['person', 'machine']),
  /** It acts as whoever looks at it. */
  isMine: z.boolean(),
  role: KeyRole,
  permissions: KeyPermissions,
  /** How it begins. */
  shown: z.string(),
  createdBy: z.string(),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

/** The only answer that holds the key. */
export type CreatedKey = { key: ApiKey; token: string }

export const WorkspaceTokenInput = z.strictObject({ orgId: OrgId, workspaceId: WorkspaceId })
/** `graceHours`: how long the old token works beside the new one. */
export const RotateToken = WorkspaceTokenInput.extend({ graceHours: z.int().min(0).max(168).default(24) })
export const RevokeToken = z.strictObject({ orgId: OrgId, tokenId: AgentTokenId })

/** The token of an agent outside, as people see it. */
export const AgentToken = z.object({
  id: AgentTokenId,
  workspaceId: WorkspaceId,
  shown: z.string(),
  createdBy: z.string(),
  createdAt: Instant,
  /** Set on one that was rotated: until then it works beside its successor. */
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
})
export type AgentToken = z.infer<typeof AgentToken>
export type IssuedToken = { agentToken: AgentToken; token: string }
