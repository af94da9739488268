import { type OrgContext, requireRole } from '../../kernel/actor.ts'

/** Admins answer for all keys of the org; everybody for those they hold. */
export function seesAllKeys(context: OrgContext): boolean {
  const { actor } = context
  return actor.kind === 'system' || ('role' in actor && (actor.role === 'owner' || actor.role === 'admin'))
}

/** Tokens of agents are the manager's, as the workspaces are. */
export function requireTokenRole(context: OrgContext): void {
  requireRole(context, 'manager')
}
