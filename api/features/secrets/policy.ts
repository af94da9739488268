import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { permissionToSet } from '#shared/secrets/policy.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'

export function requireMaySet(context: OrgContext, workspaceId: WorkspaceId | null): void {
  requireMay(context, permissionToSet(workspaceId))
}
