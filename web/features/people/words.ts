import type { Role } from '#shared/orgs/contract.ts'
import { isAtLeast } from '#shared/orgs/permission.ts'
import { roleWords } from './role-words.ts'

/** What somebody in this role may do. */
export const roleMeans = {
  owner: 'Everything, also handing the organisation over and deleting it.',
  admin: 'People, secrets, keys, rules and the organisation’s budget.',
  manager: 'Stops and freezes the organisation, sets budgets of workspaces, reads the audit.',
  member: 'Edits and moves workspaces, gives work, answers approvals.',
  viewer: 'Sees everything that happens, and changes nothing.',
} as const satisfies Record<Role, string>

const roles: readonly Role[] = ['viewer', 'member', 'manager', 'admin', 'owner']

/** The roles somebody with this one may give, the lowest first. */
export function rolesGivenBy(mine: Role): { value: Role; label: string }[] {
  return roles.filter((role) => isAtLeast(mine, role)).map((role) => ({ value: role, label: roleWords[role] }))
}

/** Up to two letters for where no picture is. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '')
  return letters.join('').toUpperCase()
}
