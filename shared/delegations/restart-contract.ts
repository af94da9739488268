import { z } from 'zod'
import { DelegationId, OrgId, WorkspaceId } from '../kernel/ids.ts'

/** Work in flight that keeps an older config, and in which fields that shows. */
export const OutdatedWork = z.object({
  /** The newest version of config.yaml. */
  configVersion: z.int().positive(),
  work: z.array(
    z.object({
      delegationId: DelegationId,
      task: z.string(),
      /** The version it began with. */
      configVersion: z.int().nonnegative(),
      fields: z.array(z.string()),
    }),
  ),
})
export type OutdatedWork = z.infer<typeof OutdatedWork>

export const OutdatedInput = z.object({ orgId: OrgId, workspaceId: WorkspaceId })

export const RestartOutdated = OutdatedInput.extend({
  delegationIds: z.array(DelegationId).min(1, 'Name at least one.').max(100, 'Restart at most 100 at once.'),
})
export type RestartOutdated = z.infer<typeof RestartOutdated>

/** The new ones; work that ended meanwhile has none. */
export const Restarted = z.object({ delegationIds: z.array(DelegationId) })
export type Restarted = z.infer<typeof Restarted>
