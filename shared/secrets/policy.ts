import type { Policy } from '../orgs/permission.ts'

export const secretsPolicy = {
  'secrets.missing.read': { lowest: 'viewer', to: 'see which workspaces need keys' },
  'secrets.read': { lowest: 'manager', to: 'see which secrets there are' },
  'secrets.workspace.write': { lowest: 'manager', to: 'set and delete secrets of workspaces' },
  'secrets.org.write': { lowest: 'admin', to: 'set and delete secrets of the organisation' },
  'secrets.test': { lowest: 'manager', to: 'try secrets against their service' },
  'secrets.usage.read': { lowest: 'manager', to: 'see who used which secret' },
  'secrets.keys.rotate': { lowest: 'owner', to: 'rotate the keys that wrap secrets' },
} as const satisfies Policy<'secrets'>

/** What setting and deleting takes: managers may in a workspace, admins for the whole organisation. */
export function permissionToSet(workspaceId: string | null): 'secrets.org.write' | 'secrets.workspace.write' {
  return workspaceId === null ? 'secrets.org.write' : 'secrets.workspace.write'
}
