import type { Role } from '#shared/orgs/contract.ts'

export const roleWords = {
  owner: 'Owner',
  admin: 'Admin',
  manager: 'Manager',
  member: 'Member',
  viewer: 'Viewer',
} as const satisfies Record<Role, string>
