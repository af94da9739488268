import { z } from 'zod'
import { AgentTokenId, KeyId, WorkspaceId } from '../kernel/ids.ts'
import { KeyRole } from './contract.ts'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const ofToken = { tokenId: AgentTokenId, workspaceId: WorkspaceId }

export const keyEvents = [
  z.object({
    type: z.literal('key.created'),
    payload: z.object({ keyId: KeyId, role: KeyRole, holder: z.enum(['person', 'machine']) }),
  }),
  z.object({ type: z.literal('key.revoked'), payload: z.object({ keyId: KeyId }) }),
  z.object({ type: z.literal('agent-token.issued'), payload: z.object(ofToken) }),
  /** `tokenId` is the new one; the old one works for `graceHours` more. */
  z.object({
    type: z.literal('agent-token.rotated'),
    payload: z.object({ ...ofToken, graceHours: z.int().nonnegative() }),
  }),
  z.object({ type: z.literal('agent-token.revoked'), payload: z.object(ofToken) }),
  /** An agent outside called a tool; of what was asked and answered only the hashes are kept. */
  z.object({
    type: z.literal('agent.called'),
    payload: z.object({ ...ofToken, tool: z.string().max(60), argsSha256: Sha256, resultSha256: Sha256 }),
  }),
] as const
