import type { RouteTarget } from '#shared/notify/contract.ts'
import type { Role } from '#shared/orgs/contract.ts'

export const peopleTargets: readonly { value: Role; label: string }[] = [
  { value: 'viewer', label: 'Everybody' },
  { value: 'member', label: 'Members and above' },
  { value: 'manager', label: 'Managers and above' },
  { value: 'admin', label: 'Admins and owners' },
  { value: 'owner', label: 'Owners' },
]

export function targetWords(to: RouteTarget, workspaces: readonly { id: string; name: string }[]): string {
  if (to.kind === 'workspace') return workspaces.find(({ id }) => id === to.workspaceId)?.name ?? 'A removed workspace'
  return peopleTargets.find(({ value }) => value === to.lowest)?.label ?? to.lowest
}
