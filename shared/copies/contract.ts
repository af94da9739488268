import { z } from 'zod'
import { OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Bundle } from '../templates/bundle.ts'
import { Position } from '../workspaces/contract.ts'

/** As many workspaces as one copy may hold, teams included. */
export const maxCopied = 500

const Chosen = z.array(WorkspaceId).min(1).max(maxCopied)

/** Those below a chosen one come along; a chosen one below another is not copied twice. */
export const TakeCopy = z.object({ orgId: OrgId, workspaceIds: Chosen })
export type TakeCopy = z.infer<typeof TakeCopy>

export const PasteCopy = z.object({
  orgId: OrgId,
  bundles: z.array(Bundle).min(1).max(maxCopied),
  parentId: WorkspaceId.nullable(),
  /** Where the upper left card comes to lie; null lets the layout decide. */
  at: Position.nullable().default(null),
})
export type PasteCopy = z.infer<typeof PasteCopy>
