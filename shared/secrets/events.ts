import { z } from 'zod'
import { SecretId, WorkspaceId } from '../kernel/ids.ts'

const of = {
  secretId: SecretId,
  name: z.string().max(128),
  /** Null where it is the organisation's. */
  workspaceId: WorkspaceId.nullable(),
}
/** Workspaces whose next call is another one for it: the first hundred, and how many there are. */
const affecting = { affected: z.array(WorkspaceId).max(100), affectedCount: z.int().nonnegative() }

export const secretEvents = [
  z.object({ type: z.literal('secret.set'), payload: z.object({ ...of, version: z.int().positive(), ...affecting }) }),
  z.object({ type: z.literal('secret.deleted'), payload: z.object({ ...of, ...affecting }) }),
  z.object({ type: z.literal('secret.restored'), payload: z.object({ ...of, ...affecting }) }),
  /** Somebody had the keys changed; what comes of it is told when it is done. */
  z.object({ type: z.literal('secrets.rotation-started'), payload: z.object({ kind: z.enum(['data', 'wrapping']) }) }),
  /** The wrapping key changed: data keys of the org were wrapped anew; values stay what they were. */
  z.object({
    type: z.literal('secrets.rewrapped'),
    payload: z.object({ provider: z.string().max(40), keyId: z.string().max(400), count: z.int().nonnegative() }),
  }),
] as const
